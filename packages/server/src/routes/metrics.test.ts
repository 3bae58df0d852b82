import type { Series, Store, WorkItemAges } from '@millrace/protocol'
import { completed, openItem, openTask, type Story, tell } from '@millrace/testing/store-contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ProblemDocument } from '../http/problem.ts'
import { openTestServer, REVIEW, startReview, syncModel, type TestServer } from '../server.fixture.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
/** Wednesday noon in Greenwich. */
const NOON_MS = Date.UTC(2027, 0, 13, 12)

/** Moved by hand; timers never come. */
const clock = { nowMs: NOON_MS, now: () => clock.nowMs, after: () => () => undefined }

const error = { code: 'TASK_FAILED', message: 'x' }

/** `[days before noon, workflow, what became of it the same day]` */
const PAST: readonly (readonly [number, string, 'completed' | 'failed' | 'aborted' | 'incident' | 'waits'])[] = [
  [3, 'pay', 'completed'],
  [3, 'pay', 'completed'],
  [2, 'pay', 'failed'],
  [2, 'pay', 'waits'],
  [1, 'publish', 'aborted'],
  [1, 'publish', 'incident'],
  [0, 'pay', 'waits'],
]

const endOf = (story: Story, what: (typeof PAST)[number][2], atMs: number) => {
  switch (what) {
    case 'waits':
      return story.tick(atMs, openItem(1, ['group:editors']))
    case 'incident':
      return story.tick(atMs, openTask(1), { t: 'incident', step: 1, error })
    case 'completed':
      return story.tick(atMs, openTask(1), { t: 'closed', step: 1 }, completed)
    case 'failed':
      return story.tick(atMs, openTask(1), { t: 'ended', status: 'FAILED', error })
    case 'aborted':
      return story.tick(atMs, openTask(1), { t: 'ended', status: 'ABORTED' })
  }
}

const seed = async (store: Store): Promise<void> => {
  for (const [index, [days, workflow, what]] of PAST.entries()) {
    const atMs = NOON_MS - days * DAY_MS - MINUTE_MS
    await store.instances.commit({ atMs, changes: [endOf(tell(index + 1, { workflow }), what, atMs)] })
  }
}

const series = async (server: TestServer, query: Readonly<Record<string, string>> = {}): Promise<Series> => {
  const { body, status } = await server.call<Series>('oscar', `GET /api/v1/metrics/series?${new URLSearchParams(query).toString()}`)
  expect(status).toBe(200)
  return body
}

describe.each(['memory', 'sqlite'] as const)('counts by time, kept in %s', (keptIn) => {
  let server: TestServer
  beforeAll(async () => {
    clock.nowMs = NOON_MS
    server = await openTestServer({ keptIn, clock, now: () => clock.nowMs, seed })
  })
  afterAll(() => server.close())

  test('the last 14 days by day unless asked otherwise: null before the first count, 0 where nothing happened', async () => {
    const { buckets, bucketMs, sinceMs, workflows } = await series(server)
    const midnight = Date.UTC(2027, 0, 13)
    expect(bucketMs).toBe(DAY_MS)
    expect(buckets).toEqual(Array.from({ length: 14 }, (_, index) => midnight - (13 - index) * DAY_MS))
    expect(sinceMs).toBe(NOON_MS - 3 * DAY_MS - 15 * MINUTE_MS)
    const unknown = Array<null>(10).fill(null)
    expect(workflows).toEqual([
      {
        workflow: 'pay',
        started: [...unknown, 2, 2, 0, 1],
        completed: [...unknown, 2, 0, 0, 0],
        failed: [...unknown, 0, 1, 0, 0],
        aborted: [...unknown, 0, 0, 0, 0],
        incidents: [...unknown, 0, 0, 0, 0],
      },
      {
        workflow: 'publish',
        started: [...unknown, 0, 0, 2, 0],
        completed: [...unknown, 0, 0, 0, 0],
        failed: [...unknown, 0, 0, 0, 0],
        aborted: [...unknown, 0, 0, 1, 0],
        incidents: [...unknown, 0, 0, 1, 0],
      },
    ])
  })

  test('each start and end of a bucket is a row of the list with the same times', async () => {
    const { buckets, bucketMs, workflows } = await series(server)
    const count = async (query: Readonly<Record<string, string>>) =>
      (await server.call<{ items: unknown[] }>('oscar', `GET /api/v1/instances?${new URLSearchParams(query).toString()}`)).body.items.length
    const iso = (ms: number) => new Date(ms).toISOString()
    for (const { workflow, started, completed: done, failed } of workflows) {
      for (const [index, fromMs] of buckets.entries()) {
        const [from, to] = [iso(fromMs), iso(fromMs + bucketMs)]
        expect(await count({ workflow, createdFrom: from, createdTo: to })).toBe(started[index] ?? 0)
        expect(await count({ workflow, status: 'COMPLETED', endedFrom: from, endedTo: to })).toBe(done[index] ?? 0)
        expect(await count({ workflow, status: 'FAILED', endedFrom: from, endedTo: to })).toBe(failed[index] ?? 0)
      }
    }
  })

  test('a day is the day of the reader', async () => {
    // 13 hours ahead it is past midnight already: what happened a minute ago was today, all else a day later than in Greenwich.
    const { buckets, offsetMinutes, workflows } = await series(server, { workflow: 'pay', offsetMinutes: '780' })
    expect(offsetMinutes).toBe(780)
    expect(buckets.at(-1)).toBe(Date.UTC(2027, 0, 14) - 780 * MINUTE_MS)
    expect(workflows.map(({ started }) => started.slice(-5))).toEqual([[null, 2, 2, 0, 1]])
    const west = await series(server, { workflow: 'pay', offsetMinutes: '-765' })
    expect(west.buckets.at(-1)).toBe(Date.UTC(2027, 0, 12) + 765 * MINUTE_MS)
    expect(west.workflows[0]?.started.slice(-5)).toEqual([null, 2, 2, 0, 1])
  })

  test('by hour, of one workflow, between given times', async () => {
    const { buckets, workflows } = await series(server, {
      workflow: 'publish',
      bucket: 'hour',
      fromMs: String(NOON_MS - DAY_MS - 90 * MINUTE_MS),
      toMs: String(NOON_MS - DAY_MS + HOUR_MS),
    })
    expect(buckets.map((ms) => (ms - NOON_MS + DAY_MS) / HOUR_MS)).toEqual([-2, -1, 0])
    expect(workflows.map(({ workflow, started, incidents }) => [workflow, started, incidents])).toEqual([['publish', [0, 2, 0], [0, 1, 0]]])
  })

  test('a workflow nobody has started is no row, and no error', async () => {
    expect((await series(server, { workflow: 'unheard' })).workflows).toEqual([])
  })

  test('what cannot be answered says what to ask for instead', async () => {
    const wrong = async (query: string) => {
      const { status, body } = await server.call<ProblemDocument>('oscar', `GET /api/v1/metrics/series?${query}`)
      return [status, body.code, body.detail, body['pointer']]
    }
    expect(await wrong(`fromMs=${NOON_MS}&toMs=${NOON_MS - DAY_MS}`)).toEqual([
      400,
      'BAD_REQUEST',
      'toMs must be later than fromMs.',
      '/toMs',
    ])
    expect(await wrong(`bucket=hour&fromMs=${NOON_MS - 5 * DAY_MS}`)).toEqual([
      400,
      'BAD_REQUEST',
      expect.stringMatching(/^That would be 121 buckets; at most 100 are given\. Ask for a shorter time/),
      '/fromMs',
    ])
    expect((await wrong(`workflow=pay&bucket=hour&fromMs=${NOON_MS - 43 * DAY_MS}`)).slice(0, 2)).toEqual([400, 'BAD_REQUEST'])
    expect((await series(server, { workflow: 'pay', bucket: 'hour', fromMs: String(NOON_MS - 5 * DAY_MS) })).buckets).toHaveLength(121)
    for (const query of ['offsetMinutes=7', 'offsetMinutes=900', 'bucket=week', 'fromMs=soon', 'unknown=1'])
      expect((await wrong(query)).slice(0, 2)).toEqual([400, 'BAD_REQUEST'])
  })

  test('members see none of it, staff do', async () => {
    for (const path of ['series', 'work-items']) {
      for (const user of ['ana', 'nora']) expect((await server.call(user, `GET /api/v1/metrics/${path}`)).status).toBe(403)
      for (const user of ['edith', 'oscar', 'ada']) expect((await server.call(user, `GET /api/v1/metrics/${path}`)).status).toBe(200)
    }
  })
})

describe('open work items by age', () => {
  let server: TestServer
  beforeAll(async () => {
    clock.nowMs = NOON_MS
    server = await openTestServer({ keptIn: 'sqlite', clock, now: () => clock.nowMs, seed })
    await syncModel(server, REVIEW)
  })
  afterAll(() => server.close())

  const ages = async (query = '') => (await server.call<WorkItemAges>('oscar', `GET /api/v1/metrics/work-items${query}`)).body

  test('grow old with the clock, and are gone when they are decided', async () => {
    const { item } = await startReview(server)
    const borders = [0, HOUR_MS, 4 * HOUR_MS, DAY_MS, 3 * DAY_MS, 7 * DAY_MS]
    expect(await ages()).toEqual({
      ages: borders.map((fromMs, index) => ({ fromMs, ...(index === 5 ? {} : { toMs: borders[index + 1] }) })),
      workflows: [
        { workflow: 'pay', counts: [1, 0, 0, 1, 0, 0] },
        { workflow: 'review', counts: [1, 0, 0, 0, 0, 0] },
      ],
      atMs: NOON_MS,
      asOf: expect.any(Number) as number,
    })
    clock.nowMs = NOON_MS + 2 * HOUR_MS
    expect((await ages('?workflow=review')).workflows).toEqual([{ workflow: 'review', counts: [0, 1, 0, 0, 0, 0] }])
    clock.nowMs = NOON_MS + 10 * DAY_MS
    expect((await ages('?workflow=review')).workflows).toEqual([{ workflow: 'review', counts: [0, 0, 0, 0, 0, 1] }])
    await server.call('ana', `POST /api/v1/work-items/${item}/complete`, { body: { route: 'reject' } })
    expect((await ages('?workflow=review')).workflows).toEqual([])
    clock.nowMs = NOON_MS
  })

  test('behind each count stand the rows of the inbox that were created between the same times', async () => {
    const { ages: groups, workflows, atMs } = await ages()
    let found = 0
    for (const { workflow, counts } of workflows) {
      for (const [index, { fromMs, toMs }] of groups.entries()) {
        const query = new URLSearchParams({
          view: 'all',
          workflow,
          ...(toMs === undefined ? {} : { createdFrom: new Date(atMs - toMs).toISOString() }),
          ...(fromMs === 0 ? {} : { createdTo: new Date(atMs - fromMs).toISOString() }),
        }).toString()
        const { items } = (await server.call<{ items: unknown[] }>('oscar', `GET /api/v1/inbox?${query}`)).body
        expect([workflow, index, items.length]).toEqual([workflow, index, counts[index]])
        found += items.length
      }
    }
    expect(found).toBe(2)
  })
})
