import type { BulkAnswer } from '@millrace/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestServer, REVIEW, startReview, syncModel, type TestServer } from '../server.fixture.ts'

let server: TestServer
beforeAll(async () => {
  server = await openTestServer({ keptIn: 'sqlite' })
  await syncModel(server, REVIEW)
})
afterAll(() => server.close())

const bulk = async (user: string, body: object, headers: { readonly [name: string]: string } = {}) =>
  await server.call<BulkAnswer & { code?: string }>(user, 'POST /api/v1/bulk', { body, headers })
const status = async (id: string) => (await server.call<{ status: string }>('oscar', `GET /api/v1/instances/${id}`)).body.status
const reviews = async (count: number, user = 'bo') => {
  const started = []
  for (let n = 0; n < count; n++) started.push(await startReview(server, user))
  return { ids: started.map(({ id }) => id), items: started.map(({ item }) => item) }
}
const codes = ({ results }: BulkAnswer) => results.map(({ ok, problem }) => (ok ? 'ok' : problem?.code))

test('a selection is decided at once; each row says what became of it, and one that is refused stops no other', async () => {
  const { ids, items } = await reviews(4)
  await server.call('ana', `POST /api/v1/work-items/${items[1]}/complete`, { body: { route: 'reject' } })
  await server.call('ana', `PUT /api/v1/work-items/${items[0]}/draft`, { body: { comment: 'Half a sent' } })
  const { body } = await bulk('ana', { action: 'complete', ids: items, route: 'approve', comment: 'All fine' })
  expect(codes(body)).toEqual(['ok', 'STEP_CLOSED', 'ok', 'ok'])
  expect(body).toMatchObject({ done: 3, refused: 1, dryRun: false })
  expect(body.results[1]?.problem?.detail).toContain('ana has decided')
  expect(body.results.map(({ id }) => id)).toEqual(items)
  const history = await server.call<{ items: readonly object[] }>('bo', `GET /api/v1/instances/${ids[0]}/history`)
  expect(history.body.items).toContainEqual(
    expect.objectContaining({ type: 'closed', by: 'ana', details: expect.objectContaining({ comment: 'All fine' }) }),
  )
  expect((await server.call('ana', `GET /api/v1/work-items/${items[0]}/draft`)).body).toBeNull()
})

test('a dry run changes nothing and says the same', async () => {
  const { ids, items } = await reviews(2)
  await server.call('oscar', `POST /api/v1/instances/${ids[1]}/suspend`)
  const dry = (await bulk('ana', { action: 'complete', ids: items, route: 'approve', dryRun: true })).body
  expect(dry).toMatchObject({ done: 1, refused: 1, dryRun: true })
  expect(codes(dry)).toEqual(['ok', 'SUSPENDED'])
  expect(await status(ids[0] ?? '')).toBe('RUNNING')
  expect(codes((await bulk('ana', { action: 'complete', ids: items, route: 'approve' })).body)).toEqual(codes(dry))
})

test('claim, give back, and hand on; what somebody else changed since it was seen is refused', async () => {
  const { items } = await reviews(3)
  expect(codes((await bulk('ana', { action: 'claim', ids: items })).body)).toEqual(['ok', 'ok', 'ok'])
  expect(codes((await bulk('ana', { action: 'unclaim', ids: items.slice(0, 1) })).body)).toEqual(['ok'])
  const versions = Object.fromEntries(items.map((id) => [id, 2]))
  expect(codes((await bulk('ana', { action: 'delegate', ids: items, to: 'oscar', versions })).body)).toEqual(['ITEM_CHANGED', 'ok', 'ok'])
  expect((await bulk('ana', { action: 'delegate', ids: items, to: 'robot:9' })).body.results[0]).toMatchObject({
    problem: { code: 'BAD_REQUEST' },
  })
})

test('operators tell many instances; members only cancel what they started', async () => {
  const { ids } = await reviews(3, 'bo')
  expect(codes((await bulk('oscar', { action: 'suspend', ids, reason: 'Maintenance' })).body)).toEqual(['ok', 'ok', 'ok'])
  expect(await Promise.all(ids.map(status))).toEqual(['SUSPENDED', 'SUSPENDED', 'SUSPENDED'])
  expect(codes((await bulk('oscar', { action: 'resume', ids: ids.slice(0, 2) })).body)).toEqual(['ok', 'ok'])
  expect(codes((await bulk('oscar', { action: 'retry', ids: ids.slice(0, 1) })).body)).toEqual(['WRONG_STATUS'])
  expect(codes((await bulk('bo', { action: 'terminate', ids })).body)).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN'])
  expect(codes((await bulk('bo', { action: 'terminate', ids, dryRun: true })).body)).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN'])
  expect((await bulk('bo', { action: 'cancel', ids })).body.results).toMatchObject(ids.map((id) => ({ id, ok: true, status: 'ABORTED' })))
})

test('what a person may not see does not exist for them, row by row', async () => {
  const { ids, items } = await reviews(1, 'bo')
  for (const body of [
    { action: 'claim', ids: items },
    { action: 'cancel', ids },
    { action: 'suspend', ids },
  ]) {
    expect(codes((await bulk('edith', body)).body)).toEqual(['NOT_FOUND'])
  }
  expect(codes((await bulk('ana', { action: 'cancel', ids: [...ids, 'unheard'] })).body)).toEqual(['FORBIDDEN', 'NOT_FOUND'])
})

test('a repeat with the same key does nothing twice', async () => {
  const { items } = await reviews(2)
  const body = { action: 'complete', ids: [...items, ...items], route: 'approve' }
  const headers = { 'idempotency-key': 'once' }
  const [first, again] = [await bulk('ana', body, headers), await bulk('ana', body, headers)]
  expect(codes(first.body)).toEqual(['ok', 'ok'])
  expect(again.body).toEqual(first.body)
})

test('more than 200 are refused as a whole', async () => {
  const ids = Array.from({ length: 201 }, (_, n) => `i${n}`)
  expect(await bulk('oscar', { action: 'suspend', ids })).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } })
  expect(await bulk('oscar', { action: 'explode', ids: ['i'] })).toMatchObject({ status: 400 })
})
