import type { FactBody } from '@millrace/kernel'
import type { InstanceTrouble, Store, TroubleCuts, UserRow } from '@millrace/protocol'
import { describe, expect, test } from 'vitest'
import { type OpenHarness, withStore } from './harness.ts'
import { operator } from './reader.ts'
import { completed, openItem, openTask, tell } from './story.ts'

const CUTS: TroubleCuts = { queuedBeforeMs: 5_000, suspendedBeforeMs: 5_000, overdueBeforeMs: 5_000, failedFromMs: 5_000 }

const user = (name: string, isActive = true): UserRow => ({ name, displayName: name, roles: [], groups: [], isActive, createdAtMs: 1 })

/** Ids of the instances behind a count. */
const behind = async (store: Store, kind: InstanceTrouble['kind']) =>
  (
    await store.queries.instances(
      { workspace: 'default', reader: operator, trouble: { kind, beforeMs: 5_000 }, sort: 'created' },
      { limit: 99 },
    )
  ).items.map(({ id }) => id)

const sleeping = (step: number, dueAtMs: number): FactBody => ({ t: 'opened', step, node: 'sleep', wait: { kind: 'timer', dueAtMs } })

export const describeTroubles = (open: OpenHarness): void => {
  describe('troubles', () => {
    test(
      'are counted with the time of the oldest, and listed by the same condition: queued, suspended, overdue, missed',
      withStore(open, async ({ store, clock }) => {
        clock.nowMs = 6_000
        const queued = tell(1, { locks: ['a'], status: 'QUEUED' })
        const holder = tell(2, { locks: ['a'] })
        const suspended = [tell(3), tell(4)]
        const overdue = tell(5)
        const missed = tell(6, { status: 'SCHEDULED', startAtMs: 4_500 })
        await queued.commit(store, 1_000)
        await holder.commit(store, 1_000, openTask(1))
        for (const [index, story] of suspended.entries()) {
          await story.commit(store, 1_000, openTask(1))
          await story.commit(store, 3_000 + index, { t: 'suspended', by: 'root' })
        }
        await overdue.commit(store, 1_000, sleeping(1, 2_000), sleeping(2, 4_000))
        await missed.commit(store, 1_000)
        const counts = await store.queries.troubles('default', CUTS)
        expect(counts).toMatchObject({
          queued: { count: 1, sinceMs: 1_000 },
          suspended: { count: 2, sinceMs: 3_000 },
          overdue: { count: 1, sinceMs: 2_000 },
          missed: { count: 1, sinceMs: 4_500 },
        })
        expect(await behind(store, 'queued')).toEqual([queued.id])
        expect(await behind(store, 'suspended')).toEqual(suspended.map(({ id }) => id))
        expect(await behind(store, 'overdue')).toEqual([overdue.id])
        expect(await behind(store, 'missed')).toEqual([missed.id])
        expect((await store.queries.troubles('other', CUTS)).suspended).toEqual({ count: 0 })
        await queued.commit(store, 7_000, { t: 'admitted' })
        await suspended[0]?.commit(store, 7_000, { t: 'resumed', by: 'root' })
        await suspended[1]?.commit(store, 7_000, { t: 'ended', status: 'ABORTED' })
        await overdue.commit(store, 7_000, { t: 'closed', step: 1 }, { t: 'closed', step: 2 }, completed)
        await missed.commit(store, 7_000, { t: 'admitted' })
        const after = await store.queries.troubles('default', CUTS)
        for (const kind of ['queued', 'suspended', 'overdue', 'missed'] as const) {
          expect([kind, after[kind]]).toEqual([kind, { count: 0 }])
          expect(await behind(store, kind)).toEqual([])
        }
      }),
    )

    test(
      'what is young enough is no trouble',
      withStore(open, async ({ store }) => {
        const story = tell(1)
        await story.commit(store, 1_000, sleeping(1, 5_000), sleeping(2, 9_000))
        await story.commit(store, 5_000, { t: 'suspended', by: 'root' })
        await tell(2, { locks: ['a'], status: 'QUEUED' }).commit(store, 5_000)
        const counts = await store.queries.troubles('default', CUTS)
        expect([counts.queued, counts.suspended, counts.overdue]).toEqual([{ count: 0 }, { count: 0 }, { count: 0 }])
      }),
    )

    test(
      'items that nobody can answer: unknown or inactive people, groups without an active member, and nobody else beside them',
      withStore(open, async ({ store }) => {
        const { people } = store
        for (const each of [user('ana'), user('gone', false)]) await people.saveUser(each, 'root')
        await people.saveGroup({ name: 'editors', title: 'E', members: ['ana'] }, 'root')
        await people.saveGroup({ name: 'past', title: 'P', members: ['gone'] }, 'root')
        await people.saveGroup({ name: 'empty', title: 'X', members: [] }, 'root')
        const story = tell(1)
        await story.commit(
          store,
          2_000,
          openItem(1, ['group:editors']),
          openItem(2, ['group:past']),
          openItem(3, ['group:empty', 'user:gone']),
          openItem(4, ['group:empty', 'user:ana']),
          openItem(5, ['group:editors'], { assignee: 'gone' }),
          openItem(6, ['user:unheard'], { excluded: [{ user: 'ana', reason: 'x' }] }),
          openItem(7, ['group:past']),
        )
        await story.commit(store, 3_000, { t: 'withdrawn', step: 7, reason: 'x' })
        const steps = async () =>
          (
            await store.queries.inbox(
              { workspace: 'default', reader: operator, view: 'all', trouble: 'nobody', sort: 'created' },
              { limit: 99 },
            )
          ).items.map(({ step }) => step)
        expect((await store.queries.troubles('default', CUTS)).nobody).toEqual({ count: 4, sinceMs: 2_000 })
        expect(await steps()).toEqual([2, 3, 5, 6])
        await people.saveUser(user('gone'), 'root')
        await people.saveGroup({ name: 'past', title: 'P', members: ['gone'] }, 'root')
        expect(await steps()).toEqual([6])
        expect((await store.queries.troubles('default', CUTS)).nobody).toMatchObject({ count: 1 })
      }),
    )

    test(
      'late items, and runs that failed lately',
      withStore(open, async ({ store, clock }) => {
        clock.nowMs = 9_000
        const story = tell(1)
        await story.commit(
          store,
          2_000,
          openItem(1, ['user:ana'], { dueAtMs: 4_000 }),
          openItem(2, ['user:ana'], { dueAtMs: 9_500 }),
          openItem(3, ['user:ana'], { dueAtMs: 8_000 }),
          openItem(4, ['user:ana']),
        )
        const [early, late, again] = [tell(2), tell(3), tell(4)]
        const error = { code: 'WORKFLOW_FAILED', message: 'x' }
        await early.commit(store, 4_000, { t: 'ended', status: 'FAILED', error })
        await late.commit(store, 6_000, { t: 'ended', status: 'FAILED', error })
        await again.commit(store, 7_000, { t: 'ended', status: 'FAILED', error })
        await again.commit(store, 8_000, { t: 'restarted', run: 2, status: 'RUNNING', data: {}, by: 'root' }, openTask(1))
        const counts = await store.queries.troubles('default', CUTS)
        expect(counts.late).toEqual({ count: 2, sinceMs: 4_000 })
        expect(counts.failed).toEqual({ count: 1, sinceMs: 6_000 })
        const items = await store.queries.inbox({ workspace: 'default', reader: operator, view: 'all', trouble: 'late' }, { limit: 9 })
        expect(items.items.map(({ step }) => step)).toEqual([1, 3])
        const failed = await store.queries.instances(
          { workspace: 'default', reader: operator, status: ['FAILED'], endedFromMs: 5_000, endedToMs: 6_001 },
          { limit: 9 },
        )
        expect(failed.items.map(({ id }) => id)).toEqual([late.id])
      }),
    )

    test(
      'running instances that nothing explains are suspects; whatever waits, failed, or began lately is not',
      withStore(open, async ({ store }) => {
        const suspects = async (after?: string) =>
          await store.queries.suspects({
            workspace: 'default',
            quietBeforeMs: 5_000,
            limit: 9,
            ...(after === undefined ? {} : { after }),
          })
        const [lost, asks, sleeps, failed, busy, quiet, ended] = [1, 2, 3, 4, 5, 6, 7].map((n) => tell(n))
        await lost?.commit(store, 1_000, { t: 'data', data: { a: 1 } })
        await asks?.commit(store, 1_000, openItem(1, ['user:ana']))
        await sleeps?.commit(store, 1_000, sleeping(1, 9_000))
        await failed?.commit(store, 1_000, openTask(1), { t: 'incident', step: 1, error: { code: 'X', message: 'x' } })
        await busy?.commit(store, 6_000, openTask(1))
        await quiet?.commit(store, 4_000, openTask(1))
        await ended?.commit(store, 1_000, completed)
        expect(await suspects()).toEqual([lost?.id, quiet?.id])
        expect(await suspects(lost?.id)).toEqual([quiet?.id])
        expect(await store.queries.suspects({ workspace: 'other', quietBeforeMs: 5_000, limit: 9 })).toEqual([])
      }),
    )
  })
}
