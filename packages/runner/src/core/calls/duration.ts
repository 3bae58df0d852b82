import { addDuration, normalizeDuration } from '@millrace/model/duration'

/** Milliseconds of a duration that begins at `fromMs`. @throws Error that names the text and shows what is understood. */
export const durationMs = (duration: unknown, fromMs: number): number => {
  if (typeof duration === 'number' && Number.isFinite(duration) && duration >= 0) return Math.ceil(duration)
  const iso = typeof duration === 'string' ? normalizeDuration(duration) : undefined
  if (iso === undefined)
    throw new Error(`${shown(duration)} is no duration: write '45s', '1h30m', '2d', 'P1M', or a number of milliseconds`)
  return addDuration(fromMs, iso) - fromMs
}

const shown = (value: unknown): string => (typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value)))
