/** Times as people read them, in their language and their zone. Pure: the present comes in. */

export const MINUTE_MS = 60_000
export const HOUR_MS = 3_600_000
export const DAY_MS = 86_400_000

export interface TimeStyle {
  /** BCP 47. */
  readonly language: string
  /** IANA name; absent = the browser's. */
  readonly zone?: string | undefined
}

/** A length of time in its one largest unit: what fits at the end of a row. */
export interface Span {
  readonly unit: 'seconds' | 'minutes' | 'hours' | 'days' | 'weeks'
  readonly count: number
}

/** 95 minutes → 1 hour: rounded down, for "3 h left" must not promise more than there is. */
export const spanOf = (ms: number): Span => {
  const positive = Math.max(0, ms)
  if (positive < MINUTE_MS) return { unit: 'seconds', count: Math.floor(positive / 1_000) }
  if (positive < HOUR_MS) return { unit: 'minutes', count: Math.floor(positive / MINUTE_MS) }
  if (positive < 2 * DAY_MS) return { unit: 'hours', count: Math.floor(positive / HOUR_MS) }
  if (positive < 21 * DAY_MS) return { unit: 'days', count: Math.floor(positive / DAY_MS) }
  return { unit: 'weeks', count: Math.floor(positive / (7 * DAY_MS)) }
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making one costs more than using it a hundred times. */
const formatter = ({ language, zone }: TimeStyle, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${language} ${zone ?? ''} ${JSON.stringify(options)}`
  let format = formats.get(key)
  if (format === undefined)
    formats.set(key, (format = new Intl.DateTimeFormat(language, { ...options, ...(zone === undefined ? {} : { timeZone: zone }) })))
  return format
}

/** The day it is in the reader's zone, as a date input has it: 2024-03-12. */
export const dayOf = (ms: number, style: TimeStyle): string => formatter({ ...style, language: 'en-CA' }, { dateStyle: 'short' }).format(ms)

/** As short as it stays clear: 14:02 · Tue 14:02 · 12 Mar · 12 Mar 2024. */
export const shortTime = (ms: number, nowMs: number, style: TimeStyle): string => {
  const clock: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
  if (dayOf(ms, style) === dayOf(nowMs, style)) return formatter(style, clock).format(ms)
  const distance = Math.abs(nowMs - ms)
  if (distance < 6 * DAY_MS) return formatter(style, { weekday: 'short', ...clock }).format(ms)
  if (distance < 300 * DAY_MS) return formatter(style, { day: 'numeric', month: 'short' }).format(ms)
  return formatter(style, { day: 'numeric', month: 'short', year: 'numeric' }).format(ms)
}

/** Everything, for the title of a time and for history: Tuesday, 12 March 2024 at 14:02:07 CET. */
export const fullTime = (ms: number, style: TimeStyle): string =>
  formatter(style, {
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  }).format(ms)

/** 14:02 or, to the second, 14:02:07. */
export const clockTime = (ms: number, style: TimeStyle, withSeconds = false): string =>
  formatter(style, { hour: '2-digit', minute: '2-digit', ...(withSeconds ? { second: '2-digit' } : {}), hourCycle: 'h23' }).format(ms)

/** 12 Mar 2024. */
export const dateOnly = (ms: number, style: TimeStyle): string =>
  formatter(style, { day: 'numeric', month: 'short', year: 'numeric' }).format(ms)

/** 12 Mar 2024 where a day begins, 12 Mar 2024, 14:02 within one: for limits that people gave as a day and links as an instant. */
export const dateLimit = (ms: number, style: TimeStyle): string => {
  const clock = clockTime(ms, style, true)
  if (clock === '00:00:00') return dateOnly(ms, style)
  return formatter(style, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    ms,
  )
}
