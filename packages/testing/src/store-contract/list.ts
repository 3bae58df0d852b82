import type { InstanceFilter, Store } from '@millrace/protocol'
import { describe, expect, test } from 'vitest'
import { type OpenHarness, withStore } from './harness.ts'
import { member, operator } from './reader.ts'
import { completed, idOf, openItem, openTask, tell } from './story.ts'

const numbers = async (store: Store, filter: Partial<InstanceFilter>): Promise<readonly number[]> => {
  const found: number[] = []
  let cursor: string | undefined
  do {
    const page = await store.queries.instances({ workspace: 'default', reader: operator, ...filter }, { limit: 2, cursor })
    found.push(...page.items.map(({ title }) => Number(title.split(' ').at(-1))))
    cursor = page.next
  } while (cursor !== undefined)
  return found
}

const failure = { code: 'TASK_FAILED', message: 'No answer from 10.0.0.1 after 30 s' }

export const describeList = (open: OpenHarness): void => {
  describe('the list of instances', () => {
    test(
      'is newest first, oldest first or by last change, and never shows another workspace',
      withStore(open, async ({ store }) => {
        const stories = [tell(1), tell(2), tell(3, { workspace: 'other' }), tell(4), tell(5)]
        for (const [index, story] of stories.entries()) await story.commit(store, 1_000 + index, openTask(1))
        await stories[1]?.commit(store, 5_000, { t: 'data', data: { a: 1 }, by: 'root' })
        await stories[0]?.commit(store, 6_000, { t: 'data', data: { a: 1 }, by: 'root' })
        expect(await numbers(store, {})).toEqual([5, 4, 2, 1])
        expect(await numbers(store, { sort: 'created' })).toEqual([1, 2, 4, 5])
        expect(await numbers(store, { sort: '-updated' })).toEqual([1, 2, 5, 4])
        expect(await numbers(store, { workspace: 'other' })).toEqual([3])
        expect(await numbers(store, { workspace: 'unheard' })).toEqual([])
      }),
    )

    test(
      'is filtered by every field',
      withStore(open, async ({ store }) => {
        const parent = { instance: idOf(1), step: 1 }
        const stories = [
          tell(1, { payload: { kind: 'path', ref: '/content/a' }, title: 'Überweisung 1' }),
          tell(2, { workflow: 'pay', version: 3, by: 'bo' }),
          tell(3, { kind: 'code', workflow: 'pay', locks: ['printer'] }),
          tell(4, { parent, payload: { kind: 'url', ref: '/content/a' } }),
          tell(5, { status: 'QUEUED', locks: ['printer', 'deployment:web'] }),
          tell(6, { status: 'SCHEDULED', startAtMs: 99_000, payload: { kind: 'json', json: '/content/a' } }),
        ]
        for (const [index, story] of stories.entries()) {
          await story.commit(store, 1_000 * (index + 1), ...(index < 4 ? [openTask(1, index === 1 ? 'charge' : 'work')] : []))
        }
        await stories[0]?.commit(store, 7_000, { t: 'closed', step: 1 }, completed)
        await stories[2]?.commit(store, 7_000, { t: 'incident', step: 1, error: failure })
        await stories[3]?.commit(store, 7_000, { t: 'withdrawn', step: 1, reason: 'over' }, { t: 'ended', status: 'ABORTED' })
        expect(await numbers(store, { status: ['RUNNING'] })).toEqual([3, 2])
        expect(await numbers(store, { status: ['QUEUED', 'ABORTED', 'SCHEDULED'] })).toEqual([6, 5, 4])
        expect(await numbers(store, { status: ['COMPLETED'] })).toEqual([1])
        expect(await numbers(store, { status: ['COMPLETED', 'RUNNING'] })).toEqual([3, 2, 1])
        expect(await numbers(store, { status: [] })).toEqual([])
        expect(await numbers(store, { workflow: 'pay' })).toEqual([3, 2])
        expect(await numbers(store, { workflow: 'pay', version: 3 })).toEqual([2])
        expect(await numbers(store, { workflow: 'pay', kind: 'code' })).toEqual([3])
        expect(await numbers(store, { kind: 'code' })).toEqual([3])
        expect(await numbers(store, { initiator: 'bo' })).toEqual([2])
        expect(await numbers(store, { initiator: 'nobody' })).toEqual([])
        expect(await numbers(store, { parent: idOf(1) })).toEqual([4])
        expect(await numbers(store, { parent: 'no id' })).toEqual([])
        expect(await numbers(store, { lock: 'printer' })).toEqual([5, 3])
        expect(await numbers(store, { hasIncident: true })).toEqual([3])
        expect(await numbers(store, { hasIncident: false })).toEqual([6, 5, 4, 2, 1])
        expect(await numbers(store, { createdFromMs: 2_000, createdToMs: 4_000 })).toEqual([3, 2])
        expect(await numbers(store, { payload: '/content/a' })).toEqual([4, 1])
        expect(await numbers(store, { title: 'ÜBERW' })).toEqual([1])
        expect(await numbers(store, { status: ['RUNNING'], workflow: 'pay', kind: 'graph' })).toEqual([2])
      }),
    )

    test(
      'is filtered by data: value and type must be equal, at any depth',
      withStore(open, async ({ store }) => {
        const values = [
          { order: { id: 'A1', lines: [{ sku: 'x' }, { sku: 'y' }] } },
          { amount: 1 },
          { amount: true },
          { amount: '1' },
          { note: null },
        ]
        await store.instances.commit({
          atMs: 1_000,
          changes: values.map((data, index) => tell(index + 1, { data }).tick(1_000, openTask(1))),
        })
        expect(await numbers(store, { data: { 'order.id': 'A1' } })).toEqual([1])
        expect(await numbers(store, { data: { 'order.lines.1.sku': 'y' } })).toEqual([1])
        expect(await numbers(store, { data: { 'order.lines.1': { sku: 'y' } } })).toEqual([1])
        expect(await numbers(store, { data: { amount: 1 } })).toEqual([2])
        expect(await numbers(store, { data: { amount: true } })).toEqual([3])
        expect(await numbers(store, { data: { amount: '1' } })).toEqual([4])
        expect(await numbers(store, { data: { note: null } })).toEqual([5])
        expect(await numbers(store, { data: { 'order.id': 'A1', amount: 1 } })).toEqual([])
        expect(await numbers(store, { data: { constructor: 'A1', 'a."b': 1, $x: 2 } })).toEqual([])
      }),
    )

    test(
      'finds who waits at a node: for a person, a timer, an operator or a running attempt',
      withStore(open, async ({ store }) => {
        const stories = [1, 2, 3, 4, 5].map((n) => tell(n))
        await stories[0]?.commit(store, 1_000, openItem(1, ['user:bo'], { node: 'here' }))
        await stories[1]?.commit(store, 1_000, { t: 'opened', step: 1, node: 'here', wait: { kind: 'timer', dueAtMs: 9_000 } })
        await stories[2]?.commit(store, 1_000, openTask(1, 'here'))
        await stories[3]?.commit(store, 1_000, openTask(1, 'there'))
        await stories[4]?.commit(store, 1_000, openTask(1, 'here'), { t: 'incident', step: 1, error: failure })
        expect(await numbers(store, { node: 'here' })).toEqual([5, 3, 2, 1])
        await stories[0]?.commit(store, 2_000, { t: 'closed', step: 1, by: 'bo' }, openTask(2, 'there'))
        await stories[2]?.commit(store, 2_000, { t: 'closed', step: 1 }, completed)
        expect(await numbers(store, { node: 'here' })).toEqual([5, 2])
        expect(await numbers(store, { node: 'there' })).toEqual([4, 1])
        expect(await numbers(store, { node: 'here', hasIncident: true })).toEqual([5])
      }),
    )

    test(
      'shows a member what they started, were asked for or decided, and nothing else; counts and involved agree',
      withStore(open, async ({ store }) => {
        const stories = [1, 2, 3, 4].map((n) => tell(n, { by: n === 1 ? 'bo' : 'ana' }))
        await stories[0]?.commit(store, 1_000, openTask(1))
        await stories[1]?.commit(store, 1_000, openItem(1, ['group:editors']))
        await stories[2]?.commit(store, 1_000, openItem(1, ['user:cy']))
        await stories[3]?.commit(store, 1_000, openTask(1))
        const bo = member('bo', 'editors')
        expect(await numbers(store, { reader: bo })).toEqual([2, 1])
        expect(await numbers(store, { reader: bo, sort: '-updated' })).toEqual([2, 1])
        expect(await numbers(store, { reader: bo, initiator: 'ana' })).toEqual([2])
        expect(await numbers(store, { reader: bo, status: ['RUNNING'], sort: 'created' })).toEqual([1, 2])
        expect(await numbers(store, { reader: member('di') })).toEqual([])
        await stories[2]?.commit(store, 2_000, {
          t: 'assigned',
          step: 1,
          how: 'delegated',
          assignee: 'bo',
          candidates: ['user:cy'],
          by: 'cy',
        })
        await stories[2]?.commit(store, 3_000, { t: 'closed', step: 1, by: 'bo' }, completed)
        await stories[1]?.commit(store, 3_000, { t: 'withdrawn', step: 1, reason: 'over' }, completed)
        expect(await numbers(store, { reader: bo })).toEqual([3, 2, 1])
        expect(await numbers(store, { reader: member('cy') })).toEqual([3])
        expect(await store.queries.instanceCounts('default', bo)).toEqual({ byStatus: { RUNNING: 1, COMPLETED: 2 }, incidents: 0 })
        expect(await store.queries.instanceCounts('default', operator)).toEqual({ byStatus: { RUNNING: 2, COMPLETED: 2 }, incidents: 0 })
        expect([...((await store.queries.involved(idOf(3))) ?? [])].sort()).toEqual(['user:ana', 'user:bo', 'user:cy'])
        expect(await store.queries.involved(idOf(77))).toBeUndefined()
      }),
    )

    test(
      'keeps its pages steady while instances come',
      withStore(open, async ({ store }) => {
        for (const n of [1, 2, 3, 4]) await tell(n).commit(store, 1_000, openTask(1))
        const filter = { workspace: 'default', reader: operator }
        const first = await store.queries.instances(filter, { limit: 2 })
        for (const n of [5, 6]) await tell(n).commit(store, 2_000, openTask(1))
        const second = await store.queries.instances(filter, { limit: 2, cursor: first.next })
        expect([...first.items, ...second.items].map(({ id }) => id)).toEqual([4, 3, 2, 1].map(idOf))
        expect(second.next).toBeUndefined()
        expect(second.asOf).toBeGreaterThan(first.asOf)
        await expect(store.queries.instances(filter, { limit: 2, cursor: 'nonsense' })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
      }),
    )

    test(
      'shows every field of a row',
      withStore(open, async ({ store }) => {
        const story = tell(1, {
          priority: 70,
          locks: ['printer'],
          parent: { instance: idOf(9), step: 4 },
          payload: { kind: 'json', json: { a: [1] } },
          by: 'root',
          for: 'ana',
        })
        await story.commit(store, 1_000, openTask(1), { t: 'incident', step: 1, error: failure })
        const seq = await story.commit(
          store,
          2_000,
          { t: 'withdrawn', step: 1, reason: 'x' },
          { t: 'ended', status: 'FAILED', error: failure },
        )
        const { items } = await store.queries.instances({ workspace: 'default', reader: operator }, { limit: 9 })
        expect(items).toEqual([
          {
            id: story.id,
            workflow: 'publish',
            version: 1,
            kind: 'graph',
            title: 'Instance 1',
            status: 'FAILED',
            run: 1,
            priority: 70,
            initiator: 'ana',
            payload: { kind: 'json', json: { a: [1] } },
            createdAtMs: 1_000,
            startedAtMs: 1_000,
            endedAtMs: 2_000,
            incidents: 0,
            parent: { instance: idOf(9), step: 4 },
            locks: ['printer'],
            seq,
          },
        ])
      }),
    )

    test(
      'is searched by the beginning or the end of an id, of at least four letters',
      withStore(open, async ({ store }) => {
        for (const n of [1, 2, 0x1001]) await tell(n).commit(store, 1_000)
        await tell(3, { workspace: 'other' }).commit(store, 1_000)
        const find = (part: string, limit = 9) => store.queries.findInstances('default', part, limit)
        expect(await find(idOf(2))).toEqual([idOf(2)])
        expect(await find('0193E3A0-0')).toEqual([idOf(0x1001), idOf(2), idOf(1)])
        expect(await find('0193e3a0-0001-7')).toEqual([idOf(0x1001)])
        expect(await find('000000001')).toEqual([idOf(1)])
        expect(await find('8000-000000001001')).toEqual([idOf(0x1001)])
        expect(await find('0193', 2)).toEqual([idOf(0x1001), idOf(2)])
        expect(await find('019')).toEqual([])
        expect(await find('zzzz')).toEqual([])
        expect(await find('0003')).toEqual([])
      }),
    )
  })

  describe('incidents', () => {
    test(
      'are listed newest first while they are open, by workflow and by cause',
      withStore(open, async ({ store }) => {
        const failed = (n: number, message: string) => ({ t: 'incident', step: n, error: { code: 'TASK_FAILED', message } }) as const
        const first = tell(1)
        const second = tell(2, { workflow: 'pay', kind: 'code' })
        await first.commit(
          store,
          1_000,
          openTask(1, 'charge'),
          openTask(2, 'charge'),
          failed(1, 'HTTP 503 from "a"'),
          failed(2, 'HTTP 502 from "b"'),
        )
        await second.commit(store, 2_000, { t: 'incident', error: { code: 'RUNNER_KILLED', message: 'Killed twice' } })
        const list = async (options: { workflow?: string; group?: string; limit?: number; cursor?: string | undefined } = {}) =>
          await store.queries.incidents('default', { limit: 9, ...options })
        const { items } = await list()
        expect(
          items.map(({ instance, step, node, workflow, error, atMs }) => ({ instance, step, node, workflow, code: error.code, atMs })),
        ).toEqual([
          { instance: second.id, step: undefined, node: undefined, workflow: 'pay', code: 'RUNNER_KILLED', atMs: 2_000 },
          { instance: first.id, step: 1, node: 'charge', workflow: 'publish', code: 'TASK_FAILED', atMs: 1_000 },
          { instance: first.id, step: 2, node: 'charge', workflow: 'publish', code: 'TASK_FAILED', atMs: 1_000 },
        ])
        // Numbers and quoted words do not make another cause.
        expect(items[1]?.group).toBe(items[2]?.group)
        expect(items[0]?.group).not.toBe(items[1]?.group)
        expect((await list({ workflow: 'pay' })).items).toHaveLength(1)
        expect((await list({ group: items[1]?.group ?? '' })).items).toHaveLength(2)
        const page = await list({ limit: 2 })
        expect((await list({ limit: 2, cursor: page.next })).items).toEqual(items.slice(2))
        expect(await numbers(store, { incidentGroup: items[1]?.group ?? '' })).toEqual([1])
        expect(await store.queries.instanceCounts('default', operator)).toMatchObject({ incidents: 3 })
        await first.commit(
          store,
          3_000,
          { t: 'incident-resolved', step: 1, how: 'retried', by: 'root' },
          { t: 'attempt-started', step: 1, attempt: 2 },
        )
        await first.commit(
          store,
          4_000,
          { t: 'incident-resolved', step: 2, how: 'skipped', by: 'root' },
          { t: 'closed', step: 2, skipped: true, by: 'root' },
        )
        await second.commit(store, 5_000, { t: 'incident-resolved', how: 'retried', by: 'root' })
        expect((await list()).items).toEqual([])
        expect(await store.queries.instanceCounts('default', operator)).toMatchObject({ incidents: 0 })
        expect(await numbers(store, { hasIncident: true })).toEqual([])
      }),
    )
  })
}
