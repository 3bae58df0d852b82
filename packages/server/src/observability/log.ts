import { type DestinationStream, type Logger, pino } from 'pino'

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'

/** Never in a log, wherever they stand: what proves who somebody is. Bodies are not logged at all. */
const SECRETS = ['password', 'current', 'next', 'secret', 'token', 'csrf', 'authorization', 'cookie', '["x-csrf-token"]', '["set-cookie"]']

/** JSON lines with ISO times; secrets are replaced by `[redacted]` up to three levels deep. */
export const createLogger = (level: LogLevel, destination?: DestinationStream): Logger => {
  const join = (prefix: string, name: string) => (name.startsWith('[') ? `${prefix}${name}` : `${prefix}.${name}`)
  const paths = SECRETS.flatMap((name) => [name, join('*', name), join('*.*', name)])
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: { paths, censor: '[redacted]' } }
  return destination === undefined ? pino(options) : pino(options, destination)
}
