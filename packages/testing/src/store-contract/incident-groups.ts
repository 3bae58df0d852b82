import type { FactBody } from '@millrace/kernel'
import type { IncidentGroupFilter, Store } from '@millrace/protocol'
import { describe, expect, test } from 'vitest'
import { type OpenHarness, withStore } from './harness.ts'
import { openTask, tell } from './story.ts'

const failed = (message: string, code = 'TASK_FAILED', step = 1): FactBody => ({ t: 'incident', step, error: { code, message } })

/** Every group, a page of one at a time, so that the cursor is tried too. */
const groups = async (store: Store, filter: IncidentGroupFilter = {}) => {
  const all = []
  let cursor: string | undefined
  do {
    const page = await store.queries.incidentGroups('default', filter, { limit: 1, cursor })
    all.push(...page.items)
    cursor = page.next
  } while (cursor !== undefined)
  return all
}

export const describeIncidentGroups = (open: OpenHarness): void => {
  describe('groups of incidents', () => {
    test(
      'join one cause over instances, largest first, with how many, since when, and the newest as example',
      withStore(open, async ({ store }) => {
        const stories = [1, 2, 3, 4].map((n) => tell(n, { workflow: n === 4 ? 'pay' : 'publish' }))
        const messages = ['HTTP 503 from "a.example"', 'HTTP 502 from "b.example"', 'No such page', 'HTTP 503 from "a.example"']
        for (const [index, story] of stories.entries())
          await story.commit(store, 1_000 * (index + 1), openTask(1, 'charge'), failed(messages[index] ?? ''))
        const found = await groups(store)
        expect(found).toMatchObject([
          {
            workflow: 'publish',
            node: 'charge',
            code: 'TASK_FAILED',
            message: 'HTTP 502 from "b.example"',
            pattern: 'HTTP # from ""',
            count: 2,
            firstAtMs: 1_000,
            lastAtMs: 2_000,
            example: { instance: stories[1]?.id, step: 1, title: 'Instance 2', version: 1 },
          },
          { workflow: 'pay', count: 1, lastAtMs: 4_000 },
          { workflow: 'publish', message: 'No such page', count: 1 },
        ])
        expect(found.map(({ id }) => id)).toEqual(
          (await groups(store, { sort: '-last' })).toSorted((a, b) => b.count - a.count || b.lastAtMs - a.lastAtMs).map(({ id }) => id),
        )
        const incidents = await store.queries.incidents('default', { limit: 9, ...(found[0] === undefined ? {} : { group: found[0].id }) })
        expect(incidents.items.map(({ instance }) => instance)).toEqual([stories[1]?.id, stories[0]?.id])
      }),
    )

    test(
      'are filtered by workflow, node, code and words of the message, and end with their last incident',
      withStore(open, async ({ store }) => {
        const [one, two] = [tell(1), tell(2)]
        await one.commit(store, 1_000, openTask(1, 'charge'), openTask(2, 'ship'), failed('A'), failed('B', 'TIMED_OUT', 2))
        await two.commit(store, 2_000, openTask(1, 'ship'), failed('B', 'TIMED_OUT'))
        const messages = async (filter: IncidentGroupFilter) => (await groups(store, filter)).map(({ message, count }) => [message, count])
        expect(await messages({ node: 'ship' })).toEqual([['B', 2]])
        expect(await messages({ code: 'TASK_FAILED' })).toEqual([['A', 1]])
        expect(await messages({ search: 'b' })).toEqual([['B', 2]])
        expect(await messages({ workflow: 'pay' })).toEqual([])
        expect(await messages({ sort: '-last' })).toEqual([
          ['B', 2],
          ['A', 1],
        ])
        await two.commit(store, 3_000, { t: 'incident-resolved', step: 1, how: 'retried', by: 'root' })
        expect(await messages({ node: 'ship' })).toEqual([['B', 1]])
        await one.commit(store, 4_000, { t: 'ended', status: 'ABORTED' })
        expect(await groups(store)).toEqual([])
      }),
    )

    test(
      'keep their id over a restart, and belong to one workspace',
      withStore(open, async (harness) => {
        await tell(1).commit(harness.store, 1_000, openTask(1), failed('HTTP 503'))
        await tell(2, { workspace: 'other' }).commit(harness.store, 2_000, openTask(1), failed('HTTP 503'))
        const before = await groups(harness.store)
        expect(before).toHaveLength(1)
        if (harness.reopen === undefined) return
        expect(await groups(await harness.reopen())).toEqual(before)
      }),
    )
  })
}
