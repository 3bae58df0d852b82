/**
 * Durations: ISO 8601 (`P2D`, `PT1H30M`, `P1W`, `P1Y2M`) or short (`2d`, `1h30m`, `45s`, `500ms`), stored as ISO.
 *
 * Months and years are calendar parts: they are added to a date in UTC and have no fixed length, so a duration is never turned
 * into milliseconds without a moment to add it to.
 */
const ISO = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,](\d{1,3}))?S)?)?$/
const SHORT = /^(?:(\d+)w)?\s*(?:(\d+)d)?\s*(?:(\d+)h)?\s*(?:(\d+)m)?\s*(?:(\d+)s)?\s*(?:(\d+)ms)?$/

/** A longer text is no duration; the limit also keeps the patterns from trying a hostile one for long. */
const MAX_LENGTH = 60

/** Last moment JavaScript can name (year 275760): a longer wait ends there. */
const MAX_MOMENT_MS = 8.64e15

/** No part may be larger: 100 years in seconds fits, and every sum stays an exact integer. */
const MAX_PART = 9_999_999_999

interface Parts {
  readonly years: number
  readonly months: number
  readonly days: number
  readonly ms: number
}

/**
 * ISO form of a duration, or undefined when the text is none. A valid ISO text comes back as written.
 *
 * @example normalizeDuration('1h30m') // 'PT1H30M'
 */
export function normalizeDuration(text: string): string | undefined {
  if (text.length > MAX_LENGTH) return undefined
  const trimmed = text.trim()
  if (parts(trimmed) !== undefined) return trimmed
  const match = SHORT.exec(trimmed)
  if (match === null || trimmed === '') return undefined
  const [, w, d, h, m, s, ms] = match
  const seconds = ms === undefined ? s : shortSeconds(Number(s ?? 0), Number(ms))
  const date = `${w === undefined ? '' : `${w}W`}${d === undefined ? '' : `${d}D`}`
  const time = `${h === undefined ? '' : `${h}H`}${m === undefined ? '' : `${m}M`}${seconds === undefined ? '' : `${seconds}S`}`
  const iso = `P${date}${time === '' ? '' : `T${time}`}`
  return parts(iso) === undefined ? undefined : iso
}

/**
 * The moment a duration after another, both in milliseconds since the epoch; months and years by the UTC calendar, and a day that
 * the month lacks becomes its last day. Throws RangeError when `iso` is no ISO duration.
 */
export function addDuration(atMs: number, iso: string): number {
  const value = parts(iso)
  if (value === undefined) throw new RangeError(`Not an ISO 8601 duration: ${iso}. Normalise it with normalizeDuration first.`)
  const sum = addMonths(atMs, value.years * 12 + value.months) + value.days * 86_400_000 + value.ms
  return sum <= MAX_MOMENT_MS ? sum : MAX_MOMENT_MS
}

function parts(iso: string): Parts | undefined {
  const match = ISO.exec(iso)
  if (match === null || iso.endsWith('P') || iso.endsWith('T')) return undefined
  const at = (i: number): number => Number(match[i] ?? 0)
  for (let i = 1; i <= 7; i++) if (at(i) > MAX_PART) return undefined
  const ms = Number((match[8] ?? '').padEnd(3, '0'))
  return { years: at(1), months: at(2), days: at(3) * 7 + at(4), ms: ((at(5) * 60 + at(6)) * 60 + at(7)) * 1000 + ms }
}

function shortSeconds(s: number, ms: number): string {
  const whole = s + Math.floor(ms / 1000)
  const rest = ms % 1000
  return rest === 0 ? String(whole) : `${whole}.${String(rest).padStart(3, '0').replace(/0+$/, '')}`
}

function addMonths(atMs: number, months: number): number {
  if (months === 0) return atMs
  const date = new Date(atMs)
  const day = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() + months)
  const daysInMonth = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  date.setUTCDate(Math.min(day, daysInMonth))
  return date.getTime()
}
