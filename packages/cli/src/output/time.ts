const UNITS: readonly (readonly [string, number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
]

/**
 * A span of time in its largest unit, two for short counts of it: `45 s`, `3 min`, `1 h 20 min`, `2 d 4 h`, `12 d`. Rounded, so that what is due
 * in a day does not say 23 h a moment later.
 */
export const span = (ms: number): string => {
  const step = ms >= 3_600_000 ? 60_000 : 1000
  const whole = Math.max(0, Math.round(ms / step) * step)
  for (const [index, [unit, unitMs]] of UNITS.entries()) {
    const count = Math.floor(whole / unitMs)
    if (count === 0) continue
    const next = UNITS[index + 1]
    const rest = next === undefined ? 0 : Math.floor((whole % unitMs) / next[1])
    // The second unit matters while the first is small, and minutes with seconds only make a list restless.
    return next === undefined || rest === 0 || count >= 4 || unit === 'min' ? `${count} ${unit}` : `${count} ${unit} ${rest} ${next[0]}`
  }
  return '0 s'
}

/** `3 h ago`, `in 20 min`, `now`. */
export const relative = (atMs: number, nowMs: number): string => {
  const distance = atMs - nowMs
  if (Math.abs(distance) < 1000) return 'now'
  return distance < 0 ? `${span(-distance)} ago` : `in ${span(distance)}`
}

/** Local date and time for a history: `2026-03-01 14:05:09`. */
export const moment = (atMs: number): string => {
  const at = new Date(atMs)
  const two = (value: number): string => String(value).padStart(2, '0')
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${date} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`
}

/** Time of day when it is near, date and time when it is not: `14:05`, `2026-03-01 14:05`. */
export const clockTime = (atMs: number, nowMs: number): string => {
  const full = moment(atMs).slice(0, 16)
  return moment(nowMs).slice(0, 10) === full.slice(0, 10) ? full.slice(11) : full
}
