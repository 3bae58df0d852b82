import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, openTestServer, REVIEW, startReview, syncModel, type TestServer } from '../server.fixture.ts'

const FAILING = `id: charge
title: Charge
payload: none
nodes:
  - { id: charge, type: process, task: fail, retry: { attempts: 1 }, next: end }
`
const LOCKED = `id: deploy
title: Deploy
payload: none
locks: ["deployment:web"]
nodes:
  - { id: go, type: participant, assign: initiator, next: end }
`
const RESTRICTED = `id: payroll
title: Payroll
payload: none
starters: ["group:finance"]
nodes:
  - { id: pay, type: participant, assign: initiator, next: end }
`
const WAITING = `id: paid
title: Paid
payload: none
nodes:
  - { id: paid, type: wait, message: payment, key: "42", next: call }
  - { id: call, type: wait, callback: true, next: end }
`

let server: TestServer
beforeAll(async () => {
  server = await openTestServer()
  for (const text of [REVIEW, FAILING, LOCKED, RESTRICTED, WAITING]) await syncModel(server, text)
})
afterAll(() => server.close())

interface Page {
  readonly items: readonly { readonly id: string; readonly seq: number; readonly [name: string]: unknown }[]
  readonly next?: string
  readonly asOf: number
}
const list = async (user: string, query: string) => (await server.call<Page>(user, `GET /api/v1/instances${query}`)).body
const ids = (page: Page) => page.items.map((item) => item.id)
const startOf = (user: string, workflow: string, more: object = {}) =>
  server.call<{ id: string; status: string; code?: string }>(user, 'POST /api/v1/instances', { body: { workflow, ...more } })

test('an instance is started, found, and says why it is not moving', async () => {
  const started = await startOf('bo', 'review', { payload: { kind: 'path', ref: '/content/home' } })
  expect(started).toMatchObject({ status: 201, headers: { location: `/api/v1/instances/${started.body.id}` } })
  const read = await server.call('bo', `GET /api/v1/instances/${started.body.id}`)
  expect(read.body).toMatchObject({
    workflow: 'review',
    status: 'RUNNING',
    initiator: 'bo',
    why: { code: 'PERSON', who: ['group:editors'] },
  })
})

test('lists are filtered by any field, by our status words and those of the seeds, and by data', async () => {
  const [one, two] = [await startReview(server, 'bo'), await startReview(server, 'bo')]
  await server.call('oscar', `POST /api/v1/instances/${two.id}/terminate`)
  expect(ids(await list('oscar', '?status=in%20progress&workflow=review'))).toContain(one.id)
  expect(ids(await list('oscar', '?status=cancelled,failed'))).toContain(two.id)
  expect(ids(await list('oscar', '?status=cancelled'))).not.toContain(one.id)
  expect(ids(await list('oscar', '?data.order.id=A1&initiator=bo&kind=graph&version=1&node=look'))).toContain(one.id)
  expect(ids(await list('oscar', '?data.amount=10'))).toContain(one.id)
  expect(ids(await list('oscar', '?data.amount=%2210%22'))).toEqual([])
  expect(ids(await list('oscar', '?data.order.id=A2'))).toEqual([])
})

test('pages hold what they say, in order, and end', async () => {
  const started = new Set<string>()
  for (let n = 0; n < 7; n++) started.add((await startOf('ada', 'paid')).body.id)
  const seen: string[] = []
  let cursor = ''
  for (let pages = 0; pages < 10; pages++) {
    const page = await list('ada', `?workflow=paid&limit=3${cursor}`)
    seen.push(...ids(page))
    if (page.next === undefined) break
    cursor = `&cursor=${encodeURIComponent(page.next)}`
  }
  expect(seen).toHaveLength(7)
  expect(new Set(seen)).toEqual(started)
  expect(await server.call('ada', 'GET /api/v1/instances?limit=501')).toMatchObject({ status: 400, body: { pointer: '/limit' } })
  expect(await server.call('ada', 'GET /api/v1/instances?cursor=nonsense')).toMatchObject({ status: 400 })
})

test('a member sees the instances they started or are asked by, and nobody else’s: in lists, counts, reads, history and search', async () => {
  const { id } = await startReview(server, 'bo')
  const secret = (await startOf('edith', 'deploy', { title: 'Secret plan' })).body.id
  expect(ids(await list('bo', ''))).toContain(id)
  expect(ids(await list('ana', '?workflow=review'))).toContain(id)
  expect(ids(await list('bo', ''))).not.toContain(secret)
  for (const path of ['', '/history']) {
    expect((await server.call('bo', `GET /api/v1/instances/${id}${path}`)).status).toBe(200)
    expect(await server.call('bo', `GET /api/v1/instances/${secret}${path}`)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
  }
  const search = (user: string) => server.call<Page>(user, `GET /api/v1/search?q=${secret.slice(-8)}`)
  expect(ids((await search('bo')).body)).toEqual([])
  expect(ids((await search('oscar')).body)).toEqual([secret])
  const counts = async (user: string) =>
    (await server.call<{ byStatus: Record<string, number> }>(user, 'GET /api/v1/instances/counts')).body.byStatus
  expect((await counts('bo')).RUNNING).toBeLessThan((await counts('oscar')).RUNNING ?? 0)
  await server.call('oscar', `POST /api/v1/instances/${secret}/terminate`)
})

test('an unknown id and one that is no id are both simply not there', async () => {
  for (const id of ['42', '0198c0de-0000-7000-8000-000000000000', encodeURIComponent("' OR 1=1 --")]) {
    expect(await server.call('oscar', `GET /api/v1/instances/${id}`)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
    expect(await server.call('oscar', `POST /api/v1/instances/${id}/suspend`)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
  }
})

test('what its retention has removed is told to operators, and was never there for others', async () => {
  const { body } = await server.call<{ id: string }>('bo', 'POST /api/v1/instances', {
    body: { workflow: 'review', payload: { kind: 'path', ref: '/old' } },
  })
  await server.call('oscar', `POST /api/v1/instances/${body.id}/cancel`, { body: {} })
  const endedBeforeMs = Date.now() + 60_000
  await server.store.maintenance.purge({ workspace: 'default', workflow: 'review', endedBeforeMs, limit: 500 })
  const gone = await server.call('oscar', `GET /api/v1/instances/${body.id}`)
  expect(gone).toMatchObject({ status: 404, body: { code: 'NOT_FOUND', purged: { workflow: 'review', status: 'ABORTED' } } })
  expect(gone.body['detail']).toMatch(
    /\(Review a page: \/old\) of review ended ABORTED on \d{4}-\d\d-\d\d and was removed by its workflow's retention/,
  )
  expect((await server.call('bo', `GET /api/v1/instances/${body.id}`)).body).not.toHaveProperty('purged')
})

test('an execution is an instance by another name', async () => {
  const { id } = await startReview(server, 'bo')
  expect((await server.call('bo', `GET /api/v1/executions/${id}`)).body).toEqual(
    (await server.call('bo', `GET /api/v1/instances/${id}`)).body,
  )
  expect(await server.call('oscar', `POST /api/v1/executions/${id}/suspend`)).toMatchObject({ status: 200, body: { status: 'SUSPENDED' } })
})

test('history is paged by fact from either end', async () => {
  const { id, item } = await startReview(server, 'bo')
  await server.call('ana', `POST /api/v1/work-items/${item}/comments`, { body: { text: 'One' } })
  await server.call('ana', `POST /api/v1/work-items/${item}/complete`, { body: { route: 'approve', comment: 'Good' } })
  const history = async (query: string) =>
    (
      await server.call<{ items: readonly { seq: number; type: string; by?: string }[]; next?: string }>(
        'bo',
        `GET /api/v1/instances/${id}/history${query}`,
      )
    ).body
  const all = await history('')
  expect(all.items.map((entry) => entry.seq)).toEqual(all.items.map((_, n) => n + 1))
  expect(all.items.find((entry) => entry.type === 'created')).toMatchObject({ by: 'bo' })
  const first = await history('?limit=2')
  expect((await history(`?limit=2&cursor=${first.next}`)).items.map((entry) => entry.seq)).toEqual([3, 4])
  const total = all.items.length
  expect((await history(`?before=${total + 1}&limit=2`)).items.map((entry) => entry.seq)).toEqual([total - 1, total])
  expect((await history(`?after=${total - 1}`)).items.map((entry) => entry.seq)).toEqual([total])
})

test('whoever started it may cancel it; whoever was only asked may not; strangers do not find it', async () => {
  const { id } = await startReview(server, 'bo')
  const cancel = (user: string) => server.call(user, `POST /api/v1/instances/${id}/cancel`, { body: { reason: 'changed my mind' } })
  expect(await cancel('edith')).toMatchObject({ status: 404 })
  expect(await cancel('ana')).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } })
  expect(await cancel('bo')).toMatchObject({ status: 200, body: { status: 'ABORTED' } })
})

test('suspend, resume, restart from a node with data, and terminate', async () => {
  const { id } = await startReview(server, 'bo')
  const act = (action: string, body: object = {}) => server.call('oscar', `POST /api/v1/instances/${id}/${action}`, { body })
  expect((await act('suspend', { reason: 'holiday' })).body).toMatchObject({ status: 'SUSPENDED' })
  expect((await act('resume')).body).toMatchObject({ status: 'RUNNING' })
  expect((await act('terminate')).body).toMatchObject({ status: 'ABORTED' })
  expect((await act('restart', { from: 'look', data: { amount: 99 } })).body).toMatchObject({ status: 'RUNNING', run: 2 })
  expect((await server.call('oscar', `GET /api/v1/instances/${id}`)).body).toMatchObject({
    run: 2,
    data: { amount: 99, order: { id: 'A1' } },
  })
})

test('an incident is listed with its cause, retried or skipped', async () => {
  const { id } = (await startOf('bo', 'charge')).body
  const incident = () =>
    eventually(
      server,
      async () =>
        (await server.call<Page>('oscar', 'GET /api/v1/incidents?workflow=charge')).body.items[0] as unknown as
          | { step: number }
          | undefined,
    )
  expect(await incident()).toMatchObject({ instance: id, node: 'charge', error: { message: 'HTTP 503 from pay.example' } })
  const { step } = await incident()
  expect((await server.call('oscar', `POST /api/v1/instances/${id}/retry`, { body: { step } })).status).toBe(200)
  await incident()
  const skipped = await server.call('oscar', `POST /api/v1/instances/${id}/skip`, { body: { step, output: { paid: true } } })
  expect(skipped).toMatchObject({ status: 200, body: { status: 'COMPLETED' } })
  expect((await server.call<Page>('oscar', 'GET /api/v1/incidents?workflow=charge')).body.items).toEqual([])
})

test('data is changed by name and kept to its schema', async () => {
  const { id } = await startReview(server, 'bo')
  const change = (body: object) => server.call('oscar', `PATCH /api/v1/instances/${id}/data`, { body })
  expect((await change({ amount: 11 })).status).toBe(200)
  expect((await server.call('bo', `GET /api/v1/instances/${id}`)).body).toMatchObject({ data: { amount: 11, order: { id: 'A1' } } })
})

test('a held lock refuses, queues with position and reason, and shows who waits for whom', async () => {
  const first = (await startOf('bo', 'deploy')).body
  expect(await startOf('ana', 'deploy')).toMatchObject({ status: 409, body: { code: 'LOCK_HELD' } })
  const second = await startOf('ana', 'deploy', { queue: true })
  expect(second).toMatchObject({ status: 201, body: { status: 'QUEUED', position: 1 } })
  const lock = await server.call('oscar', 'GET /api/v1/locks/deployment:web')
  expect(lock.body).toMatchObject({ holders: [{ instance: first.id }], queue: [{ instance: second.body.id, position: 1 }] })
  expect((await server.call('ana', `GET /api/v1/instances/${second.body.id}`)).body).toMatchObject({ why: { code: 'QUEUED' } })
  await server.call('oscar', `POST /api/v1/instances/${first.id}/terminate`)
  expect((await server.call('ana', `GET /api/v1/instances/${second.body.id}`)).body).toMatchObject({ status: 'RUNNING' })
  expect(await server.call('oscar', 'GET /api/v1/locks/nothing')).toMatchObject({ status: 404 })
})

test('only starters may start what names its starters, and others do not see it', async () => {
  expect((await startOf('bo', 'payroll')).status).toBe(403)
  const seen = async (user: string) => ids((await server.call<Page>(user, 'GET /api/v1/workflows')).body)
  expect(await seen('bo')).not.toContain('payroll')
  expect(await seen('edith')).toContain('payroll')
  await server.call('ada', 'PATCH /api/v1/users/bo', { body: { groups: ['finance'] } })
  expect(await seen('bo')).toContain('payroll')
  expect((await startOf('bo', 'payroll')).status).toBe(201)
})

test('a message moves who waits for it, and a callback is answered once without signing in', async () => {
  const { id } = (await startOf('bo', 'paid')).body
  const { items } = await list('oscar', '?workflow=paid&status=running')
  const published = await server.call('oscar', 'POST /api/v1/messages', { body: { name: 'payment', key: '42', body: { amount: 1 } } })
  expect(published.body).toEqual({ received: items.length })
  interface Steps {
    readonly steps: readonly { readonly node: string; readonly callback?: string }[]
  }
  const token = await eventually(
    server,
    async () => (await server.call<Steps>('oscar', `GET /api/v1/instances/${id}`)).body.steps[0]?.callback,
  )
  expect((await server.call<Steps>('bo', `GET /api/v1/instances/${id}`)).body.steps[0]).not.toHaveProperty('callback')
  const answer = () => server.call(undefined, `POST /api/v1/callbacks/${token}`, { body: { ok: true } })
  expect(await answer()).toMatchObject({ status: 200, body: { id, status: 'COMPLETED' } })
  expect((await answer()).status).toBe(409)
  expect(await server.call(undefined, `POST /api/v1/callbacks/${token}x`, { body: {} })).toMatchObject({ status: 404 })
})

test('doctor explains every open instance', async () => {
  const { id } = await startReview(server, 'bo')
  const report = await server.call<{ open: number; stale: unknown[]; rows: readonly { instance: string }[] }>('oscar', 'GET /api/v1/doctor')
  expect(report.body.rows.map((row) => row.instance)).toContain(id)
  expect(report.body.stale).toEqual([])
  expect((await server.call('oscar', 'POST /api/v1/doctor/repair')).status).toBe(200)
})
