import { format } from '@cfworker/json-schema'

/**
 * Makes the browser's formats mean what the server's mean (ajv-formats 3), so that a form never accepts what the server refuses. Patterns
 * are the server's where the two libraries differ; agreement.test.ts runs one corpus through both.
 */
export function alignFormats(): void {
  const time = format.time
  const dateTime = format['date-time']
  Object.assign(format, {
    email: (text: string) => EMAIL.test(text),
    hostname: (text: string) => HOSTNAME.test(text),
    ipv4: (text: string) => IPV4.test(text),
    uuid: (text: string) => UUID.test(text),
    duration: (text: string) => DURATION.test(text),
    time: (text: string) => time?.(withColon(text)) === true,
    'date-time': (text: string) => dateTime?.(withColon(text)) === true,
  })
}

/** Needs a dot in the domain, unlike the other library: nobody answers at `ana@localhost`. */
const EMAIL =
  /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i
const HOSTNAME = /^(?=.{1,253}\.?$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[-0-9a-z]{0,61}[0-9a-z])?)*\.?$/i
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/
const UUID = /^(?:urn:uuid:)?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i
const DURATION = /^P(?!$)((\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?|(\d+W)?)$/

/** `+0200` and `+02` are offsets on the server. */
function withColon(text: string): string {
  return text.replace(/([+-]\d\d)(\d\d)?$/, (_, hours: string, minutes: string | undefined) => `${hours}:${minutes ?? '00'}`)
}
