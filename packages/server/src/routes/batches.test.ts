import type { Batch, BatchRow, IncidentGroup } from '@millrace/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, openTestServer, syncModel, type TestServer } from '../server.fixture.ts'

const CHARGE = `id: charge
title: Charge a card
payload: json
nodes:
  - { id: card, title: Ask the bank, type: process, task: bank, with: { n: "{{ payload.n }}" }, retry: { attempts: 1 }, next: end }
`

let server: TestServer
let isBankOpen = false
beforeAll(async () => {
  server = await openTestServer({
    keptIn: 'sqlite',
    tasks: {
      run: ({ input }) =>
        isBankOpen
          ? { ok: true }
          : {
              ok: false,
              error: {
                code: 'TASK_FAILED',
                message: `HTTP 503 from "bank-${(input as { readonly n: number }).n}.example"`,
                retryable: false,
              },
            },
      has: (task) => task === 'bank',
      list: () => [],
      close: async () => undefined,
    },
  })
  await syncModel(server, CHARGE)
})
afterAll(() => server.close())

interface Page<T> {
  readonly items: readonly T[]
  readonly next?: string
}
const get = async <T>(path: string) => (await server.call<T>('oscar', `GET /api/v1${path}`)).body
const post = (user: string, path: string, body: object = {}) =>
  server.call<Batch & { code?: string }>(user, `POST /api/v1${path}`, { body })

const failing = async (count: number): Promise<IncidentGroup> => {
  isBankOpen = false
  for (let n = 0; n < count; n++) await post('oscar', '/instances', { workflow: 'charge', payload: { kind: 'json', json: { n } } })
  return eventually(server, async () => {
    const { items } = await get<Page<IncidentGroup>>('/incidents/groups?workflow=charge')
    return items[0]?.count === count ? items[0] : undefined
  })
}

test('incidents of one cause are one group, which is repaired by a batch with a result per row', async () => {
  const group = await failing(13)
  expect(group).toMatchObject({
    workflow: 'charge',
    workflowTitle: 'Charge a card',
    node: 'card',
    nodeTitle: 'Ask the bank',
    code: 'TASK_FAILED',
    pattern: 'HTTP # from ""',
    message: 'HTTP 503 from "bank-12.example"',
  })
  expect((await get<Page<IncidentGroup>>('/incidents/groups?node=other')).items).toEqual([])
  isBankOpen = true
  expect((await server.call('oscar', 'POST /api/v1/batches/plan', { body: { action: 'retry', group: group.id } })).body).toMatchObject({
    total: 13,
    stages: [1, 10, 2],
  })
  const made = await post('oscar', '/batches', { action: 'retry', group: group.id })
  expect(made).toMatchObject({ status: 201, headers: { location: `/api/v1/batches/${made.body.id}` }, body: { by: 'oscar', total: 13 } })
  const batch = await eventually(server, async () => {
    const found = await get<Batch>(`/batches/${made.body.id}`)
    return found.status === 'completed' ? found : undefined
  })
  expect(batch.counts).toMatchObject({ done: 13, waiting: 0, failed: 0 })
  const first = await get<Page<BatchRow>>(`/batches/${batch.id}/rows?limit=5`)
  expect(first.items.map(({ n, stage, state }) => [n, stage, state])).toEqual([1, 2, 3, 4, 5].map((n) => [n, n === 1 ? 1 : 2, 'done']))
  const second = await get<Page<BatchRow>>(`/batches/${batch.id}/rows?limit=500&cursor=${first.next}`)
  expect(second.items).toHaveLength(8)
  expect(second.items.at(-1)?.stage).toBe(3)
  expect((await get<Page<IncidentGroup>>('/incidents/groups')).items).toEqual([])
  expect((await get<Page<Batch>>('/batches')).items[0]?.id).toBe(batch.id)
})

test('a batch that fails again stops, and says at which row and why', async () => {
  const group = await failing(3)
  const { body } = await post('oscar', '/batches', { action: 'retry', group: group.id })
  const stopped = await eventually(server, async () => {
    const found = await get<Batch>(`/batches/${body.id}`)
    return found.status === 'stopped' && found.counts.running === 0 ? found : undefined
  })
  expect(stopped.counts).toMatchObject({ failed: 1, waiting: 2 })
  const { items } = await get<Page<BatchRow>>(`/batches/${body.id}/rows?state=failed`)
  expect(items).toMatchObject([{ n: 1, problem: { code: 'TASK_FAILED', message: expect.stringContaining('503') } }])
  expect(await post('oscar', `/batches/${body.id}/pause`)).toMatchObject({ status: 409, body: { code: 'WRONG_STATUS' } })
  expect(await post('oscar', `/batches/${body.id}/cancel`)).toMatchObject({
    status: 200,
    body: { status: 'cancelled', counts: { left: 2 } },
  })
  expect(await post('oscar', '/batches', { action: 'terminate', filter: { workflow: 'charge', status: ['RUNNING'] } })).toMatchObject({
    status: 201,
    body: { total: 3 },
  })
})

test('batches and groups are for operators, and what is asked for must be said one way', async () => {
  for (const user of ['bo', 'ana', 'edith']) {
    for (const request of ['GET /api/v1/incidents/groups', 'GET /api/v1/batches', 'POST /api/v1/batches', 'POST /api/v1/batches/plan']) {
      expect([
        user,
        request,
        (await server.call(user, request, request.startsWith('POST') ? { body: { action: 'retry' } } : {})).status,
      ]).toEqual([user, request, 403])
    }
  }
  expect(await post('oscar', '/batches', { action: 'retry' })).toMatchObject({ status: 400 })
  expect(await post('oscar', '/batches', { action: 'retry', group: 'x', filter: {} })).toMatchObject({ status: 400 })
  expect(await post('oscar', '/batches', { action: 'retry', group: 'unheard' })).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
  expect((await server.call('oscar', 'GET /api/v1/batches/unheard')).status).toBe(404)
})
