/**
 * A date and time in a zone, and the RFC 3339 text that means the same instant. On Intl alone: the polyfill of Temporal is larger than the
 * whole form.
 */

export interface ZonedTime {
  /** `2026-03-29T02:30`, as a date-time input has it; seconds only where there are some. */
  readonly local: string
  readonly zone: string
}

export interface Instant {
  /** `2026-03-29T03:30:00+02:00` */
  readonly text: string
  /** `gap`: the clocks skip that time, the text is the one after; `twice`: it comes twice, the text is the first. */
  readonly kind: 'plain' | 'gap' | 'twice'
}

const LOCAL = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d))?$/
const MINUTE_MS = 60_000

/** Undefined when it is no date and time, or the zone is unknown. */
export function instantOf({ local, zone }: ZonedTime): Instant | undefined {
  const parts = LOCAL.exec(local)
  if (parts === null) return undefined
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts.slice(1).map((part) => Number(part ?? 0))
  const asUtcMs = Date.UTC(year, month - 1, day, hour, minute, second)
  if (!isSameDay(asUtcMs, { year, month, day })) return undefined
  // What the zone is ahead of UTC half a day before and after: two offsets at most are in question.
  const before = offsetAt(asUtcMs - 12 * 60 * MINUTE_MS, zone)
  const after = offsetAt(asUtcMs + 12 * 60 * MINUTE_MS, zone)
  if (before === undefined || after === undefined) return undefined
  const fitting = [...new Set([before, after])].filter((offset) => offsetAt(asUtcMs - offset * MINUTE_MS, zone) === offset)
  const [first] = fitting
  if (first === undefined) return { text: write(asUtcMs - before * MINUTE_MS, after), kind: 'gap' }
  return { text: write(asUtcMs - Math.max(...fitting) * MINUTE_MS, Math.max(...fitting)), kind: fitting.length > 1 ? 'twice' : 'plain' }
}

/** The same instant on the clocks of a zone; undefined when the text is no date-time with an offset. */
export function localOf(text: string, zone: string): string | undefined {
  if (!/^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)$/.test(text)) return undefined
  const ms = Date.parse(text)
  const offset = Number.isNaN(ms) ? undefined : offsetAt(ms, zone)
  if (offset === undefined) return undefined
  const local = new Date(ms + offset * MINUTE_MS).toISOString().slice(0, 19)
  return local.endsWith(':00') ? local.slice(0, 16) : local
}

/** Minutes a zone is ahead of UTC at an instant; undefined for an unknown zone. */
export function offsetAt(ms: number, zone: string): number | undefined {
  const format = formatOf(zone)
  if (format === undefined) return undefined
  const parts = new Map(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]))
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0
  const localMs = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return Math.round((localMs - Math.floor(ms / 1000) * 1000) / MINUTE_MS)
}

const formats = new Map<string, Intl.DateTimeFormat | undefined>()

function formatOf(zone: string): Intl.DateTimeFormat | undefined {
  if (!formats.has(zone)) formats.set(zone, createFormat(zone))
  return formats.get(zone)
}

function createFormat(zone: string): Intl.DateTimeFormat | undefined {
  const numeric = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' } as const
  try {
    return new Intl.DateTimeFormat('en-US', { ...numeric, timeZone: zone, hourCycle: 'h23', calendar: 'gregory', numberingSystem: 'latn' })
  } catch {
    return undefined
  }
}

function write(ms: number, offset: number): string {
  const sign = offset < 0 ? '-' : '+'
  const pad = (value: number) => String(value).padStart(2, '0')
  const text = new Date(ms + offset * MINUTE_MS).toISOString().slice(0, 19)
  return `${text}${sign}${pad(Math.floor(Math.abs(offset) / 60))}:${pad(Math.abs(offset) % 60)}`
}

function isSameDay(ms: number, { year, month, day }: { readonly year: number; readonly month: number; readonly day: number }): boolean {
  const date = new Date(ms)
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** All zones the browser knows, the reader's first. */
export function zonesOf(own: string): readonly string[] {
  const others = Intl.supportedValuesOf('timeZone').filter((zone) => zone !== own && zone !== 'UTC')
  return [own, ...(own === 'UTC' ? [] : ['UTC']), ...others]
}
