/** When a host has done everything it can do without time passing, people deciding or the world answering. */
import type { Runner, Store } from '@millrace/protocol'

/** Turns of the event loop without anything happening: what is asked of the store in memory, of the loop and of the runner takes fewer. */
const QUIET_TURNS = 12
/** A host that never rests goes round in a loop without an end. */
const MAX_TURNS = 200_000

export interface Rest {
  readonly store: Store
  readonly runner: Runner
  /** Resolves when nothing is left to do. @throws Error when that never comes. */
  readonly settled: () => Promise<void>
}

/** Watches the ports a host works through. */
export const createRest = (ports: { readonly store: Store; readonly runner: Runner; readonly busy: () => number }): Rest => {
  let happened = 0
  let asked = 0
  const watch = async <T>(work: Promise<T>): Promise<T> => {
    happened++
    asked++
    try {
      return await work
    } finally {
      asked--
      happened++
    }
  }
  const { store, runner } = ports
  return {
    store: { ...store, instances: { ...store.instances, commit: (batch) => watch(store.instances.commit(batch)) } },
    runner: { ...runner, advance: (request) => watch(runner.advance(request)) },
    settled: async () => {
      let quiet = 0
      for (let turn = 0; quiet < QUIET_TURNS; turn++) {
        if (turn > MAX_TURNS)
          throw new Error('The host does not come to rest: a workflow goes round without an end, or a task never answers.')
        const before = happened
        await new Promise((resolve) => setImmediate(resolve))
        quiet = happened === before && asked === 0 && ports.busy() === 0 ? quiet + 1 : 0
      }
    },
  }
}
