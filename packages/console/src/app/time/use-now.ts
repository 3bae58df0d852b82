import { useSyncExternalStore } from 'react'

/** One clock for the page: everything that counts down does so in the same moment, and a hidden tab does not count at all. */
const createClock = (stepMs: number) => {
  let now = Date.now()
  let timer: ReturnType<typeof setInterval> | undefined
  const listeners = new Set<() => void>()
  const tick = () => {
    now = Date.now()
    for (const listener of listeners) listener()
  }
  return {
    get: () => now,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      if (timer === undefined) {
        now = Date.now()
        timer = setInterval(tick, stepMs)
        document.addEventListener('visibilitychange', tick)
      }
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        clearInterval(timer)
        timer = undefined
        document.removeEventListener('visibilitychange', tick)
      }
    },
  }
}

const clocks = { second: createClock(1_000), minute: createClock(15_000) }

/** The present, as often as the reader can tell: `minute` for dates and spans, `second` for what counts seconds. */
export const useNow = (step: keyof typeof clocks = 'minute'): number =>
  useSyncExternalStore(clocks[step].subscribe, clocks[step].get, clocks[step].get)
