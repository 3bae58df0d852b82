/** Time as a port: the real one, or one that tests move by hand. */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC; may be set back, so nothing may count on it growing. */
  now(): number
  /** Calls once after `ms`; the answer stops it. */
  after(ms: number, call: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, call) => {
    const timer = setTimeout(call, ms)
    return () => clearTimeout(timer)
  },
}
