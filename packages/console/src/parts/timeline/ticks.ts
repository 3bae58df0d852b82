import type { TimeScale } from './time-scale.ts'

export interface Tick {
  readonly ms: number
  readonly x: number
  /** It begins a day: the date is told. */
  readonly isDay: boolean
}

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Distances that clocks and calendars have. */
const STEPS = [
  ...[0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14, 30, 90, 365].map((n) => n * DAY),
]

/** Least pixels between two ticks: room for a time. */
const ROOM = 90
/** A window folded to nothing has no more than these. */
const MOST = 200

/**
 * Moments to write on the ruler, on round times of the reader's clock, none in a folded stretch and none too close to the one before.
 *
 * @param offsetMs how far the reader's zone is ahead of UTC
 */
export function ticksOf(scale: TimeScale, offsetMs: number): { readonly ticks: readonly Tick[]; readonly stepMs: number } {
  const { fromMs, toMs } = scale.window
  const foldedMs = scale.folds.reduce((sum, fold) => sum + fold.toMs - fold.fromMs, 0)
  const msPerTick = ((toMs - fromMs - foldedMs) / Math.max(1, scale.width)) * ROOM
  const stepMs = STEPS.find((step) => step >= msPerTick) ?? STEPS.at(-1) ?? DAY
  const ticks: Tick[] = []
  let last = Number.NEGATIVE_INFINITY
  let ms = Math.ceil((fromMs + offsetMs) / stepMs) * stepMs - offsetMs
  while (ms <= toMs && ticks.length < MOST) {
    const folded = scale.folds.find((fold) => ms > fold.fromMs && ms < fold.toMs)
    if (folded === undefined) {
      const x = scale.xOf(ms)
      // Its words would run into the mark of a fold.
      const isBeforeFold = scale.folds.some((fold) => fold.x > x && fold.x < x + ROOM * 0.7)
      if (x - last >= ROOM * 0.8 && !isBeforeFold) {
        ticks.push({ ms, x, isDay: (ms + offsetMs) % DAY === 0 })
        last = x
      }
      ms += stepMs
    } else {
      // On from the end of the fold: a wait of a year must not be walked through in seconds.
      ms = Math.ceil((folded.toMs + offsetMs) / stepMs) * stepMs - offsetMs
    }
  }
  return { ticks, stepMs }
}

/** How a moment is written: as fine as the ticks are apart. */
export function tickFormat(
  language: string,
  zone: string,
  { stepMs, isDay }: { readonly stepMs: number; readonly isDay: boolean },
): Intl.DateTimeFormat {
  if (stepMs >= DAY || isDay) return new Intl.DateTimeFormat(language, { timeZone: zone, day: 'numeric', month: 'short' })
  const fine = stepMs < MINUTE ? ({ second: '2-digit' } as const) : {}
  const finest = stepMs < SECOND ? ({ fractionalSecondDigits: 3 } as const) : {}
  return new Intl.DateTimeFormat(language, { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...fine, ...finest })
}
