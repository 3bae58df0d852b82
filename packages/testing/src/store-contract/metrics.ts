import type { ActivityQuery, ActivityRow, Store } from '@millrace/protocol'
import { describe, expect, test } from 'vitest'
import { type OpenHarness, withStore } from './harness.ts'
import { operator } from './reader.ts'
import { completed, openItem, openTask, tell } from './story.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
/** Midnight in Greenwich, 15 January 2027. */
const MIDNIGHT_MS = Date.UTC(2027, 0, 15)

const byHour: ActivityQuery = { workspace: 'default', fromMs: 0, toMs: Number.MAX_SAFE_INTEGER, bucketMs: HOUR_MS, offsetMs: 0 }

/** Rows as `begin: started/completed/failed/aborted/incidents`, in hours after midnight. */
const rowsOf = async (store: Store, query: Partial<ActivityQuery> = {}): Promise<readonly string[]> =>
  (await store.queries.activity({ ...byHour, ...query })).rows.map(lineOf)

const lineOf = ({ workflow, atMs, started, completed: done, failed, aborted, incidents }: ActivityRow): string =>
  `${workflow} ${(atMs - MIDNIGHT_MS) / HOUR_MS}: ${[started, done, failed, aborted, incidents].join('/')}`

const error = { code: 'TASK_FAILED', message: 'x' }
const incident = (step: number) => ({ t: 'incident', step, error }) as const

export const describeMetrics = (open: OpenHarness): void => {
  describe('activity', () => {
    test(
      'counts starts, ends by how they ended, and incidents when they happened, by workflow',
      withStore(open, async ({ store }) => {
        const [first, second, third, code] = [tell(1), tell(2), tell(3), tell(4, { workflow: 'pay', kind: 'code' })]
        const changes = [first, second, third].map((story) => story.tick(MIDNIGHT_MS + MINUTE_MS, openTask(1), openTask(2)))
        await store.instances.commit({ atMs: MIDNIGHT_MS + MINUTE_MS, changes })
        await code.commit(store, MIDNIGHT_MS + 59 * MINUTE_MS, { t: 'incident', error: { code: 'RUNNER_KILLED', message: 'Killed twice' } })
        await first.commit(store, MIDNIGHT_MS + HOUR_MS, incident(1), incident(2))
        await first.commit(store, MIDNIGHT_MS + 2 * HOUR_MS, { t: 'closed', step: 1 }, { t: 'closed', step: 2 }, completed)
        await second.commit(store, MIDNIGHT_MS + 2 * HOUR_MS + 1, { t: 'ended', status: 'FAILED', error })
        await third.commit(store, MIDNIGHT_MS + 3 * HOUR_MS - 1, { t: 'ended', status: 'ABORTED' })
        expect(await rowsOf(store)).toEqual(['pay 0: 1/0/0/0/1', 'publish 0: 3/0/0/0/0', 'publish 1: 0/0/0/0/2', 'publish 2: 0/1/1/1/0'])
        expect(await rowsOf(store, { workflow: 'pay' })).toEqual(['pay 0: 1/0/0/0/1'])
        expect(await rowsOf(store, { workflow: 'unheard' })).toEqual([])
      }),
    )

    test(
      'counts an instance that began and ended in one tick once as each, and the end of every run',
      withStore(open, async ({ store }) => {
        const story = tell(1)
        await story.commit(store, MIDNIGHT_MS, openTask(1), { t: 'closed', step: 1 }, { t: 'ended', status: 'FAILED', error })
        await story.commit(store, MIDNIGHT_MS + HOUR_MS, { t: 'restarted', run: 2, status: 'RUNNING', data: {}, by: 'root' }, openTask(2))
        await story.commit(store, MIDNIGHT_MS + 2 * HOUR_MS, { t: 'closed', step: 2 }, completed)
        expect(await rowsOf(store)).toEqual(['publish 0: 1/0/1/0/0', 'publish 2: 0/1/0/0/0'])
      }),
    )

    test(
      'counts an incident again when its step was retried and failed again, and not while it stays',
      withStore(open, async ({ store }) => {
        const story = tell(1)
        await story.commit(store, MIDNIGHT_MS, openTask(1), incident(1))
        await story.commit(store, MIDNIGHT_MS + HOUR_MS, { t: 'data', data: { a: 1 }, by: 'root' })
        await story.commit(store, MIDNIGHT_MS + HOUR_MS, { t: 'incident-resolved', step: 1, how: 'retried', by: 'root' })
        await story.commit(store, MIDNIGHT_MS + 2 * HOUR_MS, incident(1))
        expect(await rowsOf(store)).toEqual(['publish 0: 1/0/0/0/1', 'publish 2: 0/0/0/0/1'])
      }),
    )

    test(
      'puts counts in hours and days of any zone: the begin belongs to a bucket, the end to the next',
      withStore(open, async ({ store }) => {
        const kathmandu = 345 * MINUTE_MS
        const hawaii = -600 * MINUTE_MS
        // A minute before midnight in Kathmandu, midnight itself, and the last moment of that day.
        const times = [-1, 0, DAY_MS - 1].map((ms) => MIDNIGHT_MS - kathmandu + ms)
        for (const [index, atMs] of times.entries()) await tell(index + 1).commit(store, atMs, openTask(1))
        const days = { bucketMs: DAY_MS }
        expect(await rowsOf(store, { ...days, offsetMs: kathmandu })).toEqual(['publish -29.75: 1/0/0/0/0', 'publish -5.75: 2/0/0/0/0'])
        expect(await rowsOf(store, days)).toEqual(['publish -24: 2/0/0/0/0', 'publish 0: 1/0/0/0/0'])
        // West of Greenwich a day begins at 10:00 there.
        expect(await rowsOf(store, { ...days, offsetMs: hawaii })).toEqual(['publish -14: 2/0/0/0/0', 'publish 10: 1/0/0/0/0'])
        expect(await rowsOf(store, { offsetMs: kathmandu })).toEqual([
          'publish -6.75: 1/0/0/0/0',
          'publish -5.75: 1/0/0/0/0',
          'publish 17.25: 1/0/0/0/0',
        ])
      }),
    )

    test(
      'answers for the time asked: from its begin, up to but without its end',
      withStore(open, async ({ store }) => {
        for (const n of [0, 1, 2, 3]) await tell(n + 1).commit(store, MIDNIGHT_MS + n * HOUR_MS, openTask(1))
        expect(await rowsOf(store, { fromMs: MIDNIGHT_MS + HOUR_MS, toMs: MIDNIGHT_MS + 3 * HOUR_MS })).toEqual([
          'publish 1: 1/0/0/0/0',
          'publish 2: 1/0/0/0/0',
        ])
        // The end of a bucket that is being filled: now.
        expect(await rowsOf(store, { fromMs: MIDNIGHT_MS + 3 * HOUR_MS, toMs: MIDNIGHT_MS + 3 * HOUR_MS + 1 })).toEqual([
          'publish 3: 1/0/0/0/0',
        ])
      }),
    )

    test(
      'says since when it counts, in each workspace for itself, and nothing before anything has happened',
      withStore(open, async ({ store }) => {
        const nothing = await store.queries.activity(byHour)
        expect(nothing).toEqual({ rows: [] })
        await tell(1, { workspace: 'other' }).commit(store, MIDNIGHT_MS, openTask(1))
        await tell(2).commit(store, MIDNIGHT_MS + 20 * MINUTE_MS, openTask(1))
        await tell(3, { workflow: 'pay' }).commit(store, MIDNIGHT_MS + HOUR_MS, openTask(1))
        const later = { ...byHour, fromMs: MIDNIGHT_MS + DAY_MS }
        expect(await store.queries.activity(later)).toEqual({ sinceMs: MIDNIGHT_MS + 15 * MINUTE_MS, rows: [] })
        expect(await store.queries.activity({ ...later, workflow: 'pay' })).toMatchObject({ sinceMs: MIDNIGHT_MS + 15 * MINUTE_MS })
        expect(await store.queries.activity({ ...later, workspace: 'other' })).toMatchObject({ sinceMs: MIDNIGHT_MS })
        expect(await store.queries.activity({ ...later, workspace: 'unheard' })).toEqual({ rows: [] })
      }),
    )

    test(
      'keeps its counts over a purge and a restart, and drops them after 400 days',
      withStore(open, async ({ store, reopen }) => {
        await tell(1).commit(store, MIDNIGHT_MS, openTask(1), { t: 'closed', step: 1 }, completed)
        await tell(2).commit(store, MIDNIGHT_MS + 2 * DAY_MS, openTask(1))
        const purge = { workspace: 'default', workflow: 'publish', endedBeforeMs: MIDNIGHT_MS + DAY_MS, limit: 9 }
        expect(await store.maintenance.purge(purge)).toBe(1)
        const again = reopen === undefined ? store : await reopen()
        expect(await rowsOf(again)).toEqual(['publish 0: 1/1/0/0/0', 'publish 48: 1/0/0/0/0'])
        await again.maintenance.expire(MIDNIGHT_MS + 400 * DAY_MS)
        expect(await rowsOf(again)).toEqual(['publish 0: 1/1/0/0/0', 'publish 48: 1/0/0/0/0'])
        await again.maintenance.expire(MIDNIGHT_MS + 401 * DAY_MS)
        expect(await rowsOf(again)).toEqual(['publish 48: 1/0/0/0/0'])
        expect(await again.queries.activity(byHour)).toMatchObject({ sinceMs: MIDNIGHT_MS + 2 * DAY_MS })
      }),
    )

    test(
      'counts nothing of a commit that failed',
      withStore(open, async ({ store }) => {
        const story = tell(1)
        await story.commit(store, MIDNIGHT_MS, openTask(1))
        // The same instance once more: a store refuses the batch whole.
        const twice = tell(1).tick(MIDNIGHT_MS, openTask(1))
        const other = tell(2).tick(MIDNIGHT_MS, openTask(1))
        await expect(store.instances.commit({ atMs: MIDNIGHT_MS, changes: [other, twice] })).rejects.toThrow(/instance/i)
        await tell(3).commit(store, MIDNIGHT_MS, openTask(1))
        expect(await rowsOf(store)).toEqual(['publish 0: 2/0/0/0/0'])
      }),
    )
  })

  describe('ages of open work items', () => {
    test(
      'are counted by workflow, and each count is the length of the inbox between the same times',
      withStore(open, async ({ store }) => {
        const nowMs = MIDNIGHT_MS
        const since = [HOUR_MS, DAY_MS, 7 * DAY_MS].map((ms) => nowMs - ms)
        // On both sides of every border, and one that nobody is late for: items without a due time count as well.
        const ages = [0, HOUR_MS - 1, HOUR_MS, HOUR_MS + 1, DAY_MS, DAY_MS + 1, 7 * DAY_MS, 7 * DAY_MS + 1, 90 * DAY_MS]
        for (const [index, ageMs] of ages.entries()) {
          const due = index % 2 === 0 ? {} : { dueAtMs: nowMs + index }
          await tell(index + 1).commit(store, nowMs - ageMs, openItem(1, ['group:editors'], due))
        }
        await tell(20, { workflow: 'pay' }).commit(
          store,
          nowMs - HOUR_MS,
          openItem(1, ['user:bo']),
          openItem(2, ['user:bo'], { assignee: 'bo' }),
        )
        const closed = tell(21)
        await closed.commit(store, nowMs - DAY_MS, openItem(1, ['user:bo']), openItem(2, ['user:bo']), openTask(3))
        await closed.commit(store, nowMs, { t: 'closed', step: 1, by: 'bo' }, { t: 'withdrawn', step: 2, reason: 'over' })
        await tell(22, { workspace: 'other' }).commit(store, nowMs, openItem(1, ['user:bo']))
        expect(await store.queries.itemAges('default', since)).toEqual([
          { workflow: 'pay', counts: [2, 0, 0, 0] },
          { workflow: 'publish', counts: [3, 2, 2, 2] },
        ])
        expect(await store.queries.itemAges('default', since, 'pay')).toEqual([{ workflow: 'pay', counts: [2, 0, 0, 0] }])
        expect(await store.queries.itemAges('other', since)).toEqual([{ workflow: 'publish', counts: [1, 0, 0, 0] }])
        expect(await store.queries.itemAges('default', since, 'unheard')).toEqual([])
        expect(await store.queries.itemAges('unheard', since)).toEqual([])
        const rows = async (createdFromMs: number | undefined, createdToMs: number | undefined) => {
          const times = { ...(createdFromMs === undefined ? {} : { createdFromMs }), ...(createdToMs === undefined ? {} : { createdToMs }) }
          const filter = { workspace: 'default', reader: operator, view: 'all', workflow: 'publish', ...times } as const
          return (await store.queries.inbox(filter, { limit: 99 })).items.length
        }
        expect([
          await rows(since[0], undefined),
          await rows(since[1], since[0]),
          await rows(since[2], since[1]),
          await rows(undefined, since[2]),
        ]).toEqual([3, 2, 2, 2])
      }),
    )
  })
}
