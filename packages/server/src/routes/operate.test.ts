import type { Operate, OperateLine, Store } from '@millrace/protocol'
import { openItem, openTask, type Story, tell } from '@millrace/testing/store-contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestServer, type TestServer } from '../server.fixture.ts'

const HOUR_MS = 3_600_000
const BEGIN_MS = 1_800_000_000_000
const HEALTHY = 10_000

/** Moved by hand; nothing that was put off ever comes, as on a host that hangs. */
const clock = { nowMs: BEGIN_MS, now: () => clock.nowMs, after: () => () => undefined }

/** Instances in trouble, by what should find them. */
const troubled: { [code: string]: readonly Story[] } = {}

const seed = async (store: Store): Promise<void> => {
  let n = 0
  const some = (count: number, options: Parameters<typeof tell>[1] = {}) => Array.from({ length: count }, () => tell(++n, options))
  for (let at = 0; at < HEALTHY; at += 1_000) {
    const changes = some(1_000).map((story, index) =>
      index % 2 === 0
        ? story.tick(BEGIN_MS - 48 * HOUR_MS, openItem(1, ['group:editors'], { dueAtMs: BEGIN_MS + 100 * HOUR_MS }))
        : story.tick(BEGIN_MS - 48 * HOUR_MS, openTask(1), { t: 'closed', step: 1 }, { t: 'ended', status: 'COMPLETED' }),
    )
    await store.instances.commit({ atMs: BEGIN_MS - 48 * HOUR_MS, changes })
  }
  const put = async (
    code: string,
    stories: readonly Story[],
    ...facts: Parameters<Story['tick']> extends [number, ...infer F] ? F : never
  ) => {
    troubled[code] = stories
    await store.instances.commit({ atMs: BEGIN_MS, changes: stories.map((story) => story.tick(BEGIN_MS, ...facts)) })
  }
  await put('STALE', some(2), { t: 'data', data: { a: 1 } })
  const incident = { code: 'TASK_FAILED', message: 'HTTP 503 from pay.example', retryable: false }
  await put('INCIDENTS', some(23, { workflow: 'refund' }), openTask(1, 'charge'), { t: 'incident', step: 1, error: incident })
  await put('NOBODY', some(4), openItem(1, ['group:finance'], { dueAtMs: BEGIN_MS + 100 * HOUR_MS }))
  const sleep = { t: 'opened', step: 1, node: 'sleep', wait: { kind: 'timer', dueAtMs: BEGIN_MS + HOUR_MS } } as const
  await put('OVERDUE', some(3), sleep)
  await put('SCHEDULED_MISSED', some(2, { status: 'SCHEDULED', startAtMs: BEGIN_MS + HOUR_MS }))
  await put('QUEUED_LONG', some(2, { status: 'QUEUED', locks: ['deployment:web'] }))
  await store.instances.commit({
    atMs: BEGIN_MS,
    changes: some(1, { locks: ['deployment:web'] }).map((holder) => holder.tick(BEGIN_MS, openItem(1, ['group:editors']))),
  })
  await put('LATE', some(5), openItem(1, ['group:editors'], { dueAtMs: BEGIN_MS + HOUR_MS }))
  const suspended = some(2)
  for (const story of suspended) await story.commit(store, BEGIN_MS - 30 * HOUR_MS, openItem(1, ['group:editors']))
  for (const story of suspended) await story.commit(store, BEGIN_MS - 29 * HOUR_MS, { t: 'suspended', by: 'oscar' })
  troubled['SUSPENDED_LONG'] = suspended
  await put('FAILED', some(6), openTask(1), { t: 'ended', status: 'FAILED', error: { code: 'WORKFLOW_FAILED', message: 'x' } })
}

let server: TestServer
beforeAll(async () => {
  server = await openTestServer({ keptIn: 'sqlite', clock, seed })
  clock.nowMs += 2 * HOUR_MS
})
afterAll(() => server.close())

const operate = async () => {
  clock.nowMs += 6_000
  return (await server.call<Operate>('oscar', 'GET /api/v1/operate')).body
}

/** Ids of the instances behind a line, by its own link. */
const behind = async ({ link, params }: OperateLine): Promise<readonly string[]> => {
  if (link?.to === 'doctor') {
    const { stale } = (await server.call<{ stale: readonly { instance: string }[] }>('oscar', 'GET /api/v1/doctor')).body
    expect(stale.map(({ instance }) => instance)).toEqual(expect.arrayContaining(params['instances'] as string[]))
    return stale.map(({ instance }) => instance)
  }
  const query = new URLSearchParams({ ...link?.query, limit: '500' }).toString()
  const { body } = await server.call<{ items: readonly { id?: string; instance?: string }[] }>('oscar', `GET /api/v1/${link?.to}?${query}`)
  return body.items.map(({ id, instance }) => instance ?? id ?? '')
}

test('nine kinds of trouble among ten thousand healthy instances, each with how many, since when, and exactly its rows', async () => {
  const { lines, rest, open } = await operate()
  const all = [...lines, ...rest]
  expect(lines.map(({ code }) => code)).toEqual(['STALE', 'INCIDENTS', 'NOBODY', 'OVERDUE', 'SCHEDULED_MISSED', 'QUEUED_LONG', 'LATE'])
  expect(rest.map(({ code }) => code)).toEqual(['SUSPENDED_LONG', 'FAILED'])
  for (const line of all) {
    const expected = (troubled[line.code] ?? []).map(({ id }) => id).sort()
    expect([line.code, line.count]).toEqual([line.code, expected.length])
    expect([line.code, [...(await behind(line))].sort()]).toEqual([line.code, expected])
  }
  expect(lines[1]).toMatchObject({
    params: { workflow: 'refund', node: 'charge', message: 'HTTP 503 from pay.example' },
    sinceMs: BEGIN_MS,
  })
  expect(rest[0]).toMatchObject({ sinceMs: BEGIN_MS - 29 * HOUR_MS })
  expect(open).toBeGreaterThan(HEALTHY / 2)
})

test('within 200 ms', async () => {
  const times: number[] = []
  for (let n = 0; n < 5; n++) {
    const begin = performance.now()
    await operate()
    times.push(performance.now() - begin)
  }
  expect(times.sort((a, b) => a - b)[2]).toBeLessThan(200)
})

test('only operators see it', async () => {
  for (const user of ['bo', 'ana', 'edith']) expect((await server.call(user, 'GET /api/v1/operate')).status).toBe(403)
  expect((await server.call('bo', 'GET /api/v1/inbox?view=all&trouble=nobody')).status).toBe(403)
})
