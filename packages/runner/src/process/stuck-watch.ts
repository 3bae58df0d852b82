/**
 * Finds a process that does not go on. It counts its own looks, not the clock: a machine that slept, or a parent that was busy, makes
 * nobody stuck.
 */
import type { MarkState } from './mark.ts'

export interface StuckWatchOptions {
  readonly stuckAfterMs: number
  readonly isBusy: () => boolean
  readonly mark: () => MarkState | undefined
  readonly onStuck: () => void
}

/** Looks within the time allowed. */
const LOOKS = 4

/** A process that has work and runs none of it is given so much longer: it may be starting on a loaded machine. */
const PATIENCE = 15

export const createStuckWatch = ({ stuckAfterMs, isBusy, mark, onStuck }: StuckWatchOptions) => {
  let timer: NodeJS.Timeout | undefined
  let seen = ''
  let same = 0
  let stuck: number | undefined

  const look = () => {
    if (!isBusy()) return stop()
    const state = mark()
    if (state === undefined) return
    const now = `${state.request}:${state.beat}`
    same = now === seen ? same + 1 : 0
    seen = now
    if (same < (state.request === 0 ? LOOKS * PATIENCE : LOOKS)) return
    same = 0
    stuck = state.request === 0 ? undefined : state.request
    onStuck()
  }

  const stop = () => {
    clearInterval(timer)
    timer = undefined
    same = 0
  }

  return {
    /** There is work: looks until there is none. */
    start() {
      timer ??= setInterval(look, stuckAfterMs / LOOKS).unref()
    },
    stop,
    /** Something came from the process. */
    alive() {
      if (seen.startsWith('0:')) same = 0
    },
    /** The request it was ended for; asked once, when it is gone. */
    takeStuck(): number | undefined {
      const was = stuck
      stuck = undefined
      return was
    },
  }
}
