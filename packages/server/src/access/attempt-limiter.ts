import { MillraceError } from '@millrace/protocol'

export interface AttemptLimit {
  readonly failures: number
  readonly withinMs: number
}

/** Keys remembered at most; the oldest is forgotten first, so that a flood of made-up names cannot take the memory. */
const MOST_KEYS = 10_000

/**
 * Limits failed attempts per key. An attempt counts as failed until it has succeeded: a thousand at once get no further than one after the other.
 */
export class AttemptLimiter {
  readonly #limit: AttemptLimit
  readonly #now: () => number
  readonly #windows = new Map<string, { count: number; endsAtMs: number }>()

  constructor(limit: AttemptLimit, now: () => number) {
    this.#limit = limit
    this.#now = now
  }

  /** Counts one attempt. @throws MillraceError RATE_LIMITED with `retryAfterSeconds`. @returns what to call when it succeeded. */
  begin(key: string): () => void {
    const now = this.#now()
    let window = this.#windows.get(key)
    if (window === undefined || window.endsAtMs <= now) {
      window = { count: 0, endsAtMs: now + this.#limit.withinMs }
      this.#windows.delete(key)
      this.#windows.set(key, window)
      if (this.#windows.size > MOST_KEYS) this.#forgetOldest()
    }
    if (window.count >= this.#limit.failures) {
      const retryAfterSeconds = Math.max(1, Math.ceil((window.endsAtMs - now) / 1000))
      throw new MillraceError('RATE_LIMITED', `Too many failed attempts. Try again in ${retryAfterSeconds} s.`, {
        details: { retryAfterSeconds },
      })
    }
    window.count++
    const counted = window
    return () => {
      counted.count--
    }
  }

  #forgetOldest(): void {
    for (const key of this.#windows.keys()) {
      this.#windows.delete(key)
      return
    }
  }
}
