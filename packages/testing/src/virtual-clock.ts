import type { Clock } from '@millrace/engine'

/** Time that stands still until it is moved by hand. */
export interface VirtualClock extends Clock {
  /**
   * Lets time pass: what falls due is called in the order of its time, each at its own moment; what a call puts on the clock is called too when it falls due
   * before the end. Calls are not waited for: `advance` on a test host does that.
   */
  advance(ms: number): void
  /** Somebody sets the clock, forward or back: `now()` changes, what waits for a span of time waits on as before. */
  set(nowMs: number): void
  /** Time until the next call, in milliseconds; undefined when nothing waits. */
  readonly nextInMs: number | undefined
}

/** 2026-01-01T00:00:00Z, a Thursday. */
export const VIRTUAL_START_MS = 1_767_225_600_000

interface Waiting {
  readonly at: number
  readonly call: () => void
}

/**
 * A clock for tests and simulations, for `openEngine({ clock })` and `openMillrace({ clock })`.
 *
 * @param startMs what it shows first, in milliseconds since 1970
 * @example
 * const clock = createVirtualClock()
 * clock.after(1_000, () => console.log('a second later'))
 * clock.advance(60_000)
 */
export const createVirtualClock = (startMs: number = VIRTUAL_START_MS): VirtualClock => {
  /** Time that has passed, which nobody can set back. */
  let passedMs = 0
  let shownMs = startMs
  let waiting: readonly Waiting[] = []

  const pass = (ms: number): void => {
    passedMs += ms
    shownMs += ms
  }
  /** In the order of their time; those of one moment in the order they were put on the clock. */
  const takeDue = (untilMs: number): Waiting | undefined => {
    const [next] = waiting
    if (next === undefined || next.at > untilMs) return undefined
    waiting = waiting.slice(1)
    return next
  }

  return {
    now: () => shownMs,
    after: (ms, call) => {
      const own: Waiting = { at: passedMs + Math.max(0, ms), call }
      const place = waiting.findIndex((other) => other.at > own.at)
      waiting = place < 0 ? [...waiting, own] : waiting.toSpliced(place, 0, own)
      return () => {
        waiting = waiting.filter((other) => other !== own)
      }
    },
    advance: (ms) => {
      const untilMs = passedMs + ms
      for (let next = takeDue(untilMs); next !== undefined; next = takeDue(untilMs)) {
        pass(Math.max(0, next.at - passedMs))
        next.call()
      }
      pass(untilMs - passedMs)
    },
    set: (nowMs) => {
      shownMs = nowMs
    },
    get nextInMs() {
      const [next] = waiting
      return next === undefined ? undefined : Math.max(0, next.at - passedMs)
    },
  }
}
