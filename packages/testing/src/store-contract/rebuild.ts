import { apply, type State } from '@millrace/kernel'
import type { Store } from '@millrace/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { everythingIn } from './everything.ts'
import type { OpenHarness } from './harness.ts'
import { type RandomTick, randomTicks } from './random-ticks.ts'

export const describeRebuild = (open: OpenHarness): void => {
  describe('random ticks', () => {
    test('leave projections that are the same when they are built again from the facts alone', async () => {
      await fc.assert(
        fc.asyncProperty(randomTicks(), async (ticks) => {
          const written = await open()
          const rebuilt = await open()
          try {
            for (const tick of ticks) await written.store.instances.commit(tick)
            await rebuild(written.store, rebuilt.store, ticks)
            const ids = idsOf(ticks)
            expect(await everythingIn(rebuilt.store, ids)).toEqual(await everythingIn(written.store, ids))
            // What the store gives back is what the host had, and also after it was closed in between.
            const states = new Map(ticks.flatMap(({ changes }) => changes.map(({ after }) => [after.id, after])))
            const again = written.reopen === undefined ? written.store : await written.reopen()
            expect(await again.instances.load(ids)).toEqual(states)
          } finally {
            await written.close()
            await rebuilt.close()
          }
        }),
        { numRuns: 12 },
      )
    })
  })
}

const idsOf = (ticks: readonly RandomTick[]): readonly string[] => [
  ...new Set(ticks.flatMap(({ changes }) => changes.map(({ after }) => after.id))),
]

/** Reads the facts of one store and tells them to another, tick by tick, with states folded anew. */
const rebuild = async (from: Store, to: Store, ticks: readonly RandomTick[]): Promise<void> => {
  const states = new Map<string, State>()
  const facts = new Map<string, Awaited<ReturnType<Store['instances']['facts']>>>()
  for (const id of idsOf(ticks)) facts.set(id, await from.instances.facts(id))
  for (const { atMs, changes } of ticks) {
    const again = changes.map(({ after: { id } }) => {
      const before = states.get(id)
      const own = (facts.get(id) ?? []).map(({ fact }) => fact).filter((fact) => fact.at === atMs)
      const after = own.reduce<State | undefined>(apply, before)
      if (after === undefined) throw new Error(`The facts of ${id} at ${atMs} are missing.`)
      states.set(id, after)
      return { ...(before === undefined ? {} : { before }), after, facts: own }
    })
    await to.instances.commit({ atMs, changes: again })
  }
}
