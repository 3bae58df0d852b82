import { describe, expect, test } from 'vitest'
import { type OpenHarness, withStore } from './harness.ts'
import { member, operator } from './reader.ts'
import { completed, idOf, openItem, openTask, tell } from './story.ts'

const DAY_MS = 86_400_000

export const describeMaintenance = (open: OpenHarness): void => {
  describe('maintenance', () => {
    test(
      'purges what ended long enough ago, oldest first, and never what is open',
      withStore(open, async ({ store }) => {
        for (const n of [1, 2, 3, 4]) {
          const story = tell(n, { by: 'bo', data: { n } })
          await story.commit(store, 1_000, openItem(1, ['group:editors']))
          if (n !== 3) await story.commit(store, n * 1_000, { t: 'closed', step: 1, by: 'bo' }, completed)
        }
        await tell(5, { workflow: 'pay' }).commit(store, 1_000, completed)
        const purge = (limit: number) => store.maintenance.purge({ workspace: 'default', workflow: 'publish', endedBeforeMs: 4_000, limit })
        expect(await purge(1)).toBe(1)
        expect(await purge(9)).toBe(1)
        expect(await purge(9)).toBe(0)
        const { items } = await store.queries.instances({ workspace: 'default', reader: operator }, { limit: 9 })
        expect(items.map(({ id }) => id)).toEqual([5, 4, 3].map(idOf))
        expect(await store.instances.facts(idOf(1))).toEqual([])
        expect(await store.queries.history(idOf(1), { limit: 9 })).toEqual([])
        expect(await store.queries.workItem(idOf(1), 1)).toBeUndefined()
        const line = { workspace: 'default', workflow: 'publish', version: 1, status: 'COMPLETED', createdAtMs: 1_000, endedAtMs: 1_000 }
        expect(await store.queries.purged(idOf(1))).toMatchObject(line)
        expect(await store.queries.purged(idOf(3))).toBeUndefined()
        expect(await store.queries.purged('no id')).toBeUndefined()
        expect(await store.queries.instanceCounts('default', operator)).toEqual({ byStatus: { RUNNING: 1, COMPLETED: 2 }, incidents: 0 })
        expect(await store.queries.inboxCounts('default', member('bo', 'editors'))).toMatchObject({ groups: 1, done: 1 })
        expect((await store.definitions.usage('default')).get('publish')).toEqual({ open: 1, total: 2, incidents: 0 })
      }),
    )

    test(
      'gives no feed position twice, also when the newest instance was purged',
      withStore(open, async ({ store, reopen }) => {
        const position = await tell(1).commit(store, 1_000, completed)
        expect(await store.maintenance.purge({ workspace: 'default', workflow: 'publish', endedBeforeMs: 9_000, limit: 9 })).toBe(1)
        const again = reopen === undefined ? store : await reopen()
        expect(await tell(2).commit(again, 2_000, openTask(1))).toBeGreaterThan(position)
      }),
    )

    test(
      'drops messages after a month and first answers after a day',
      withStore(open, async ({ store }) => {
        const answer = { workspace: 'default', user: 'ana', route: 'r', key: 'k', bodyHash: 'h', answer: 1 }
        const message = { workspace: 'default', name: 'paid', body: 1, atMs: 1_000 }
        await store.instances.commit({ atMs: 1_000, changes: [], answers: [answer], keptMessages: [message] })
        await store.maintenance.expire(DAY_MS)
        expect(await store.instances.answer('default', 'ana', 'r', 'k')).toEqual(answer)
        await store.maintenance.expire(2 * DAY_MS)
        expect(await store.instances.answer('default', 'ana', 'r', 'k')).toBeUndefined()
        expect(await store.instances.keptMessage('default', 'paid')).toBeDefined()
        await store.maintenance.expire(40 * DAY_MS)
        expect(await store.instances.keptMessage('default', 'paid')).toBeUndefined()
      }),
    )

    test(
      'keeps settings',
      withStore(open, async ({ store, reopen }) => {
        expect(await store.maintenance.setting('zone')).toBeUndefined()
        await store.maintenance.saveSetting('zone', { name: 'Europe/Prague' })
        await store.maintenance.saveSetting('zone', { name: 'UTC' })
        const again = reopen === undefined ? store : await reopen()
        expect(await again.maintenance.setting('zone')).toEqual({ name: 'UTC' })
      }),
    )
  })
}
