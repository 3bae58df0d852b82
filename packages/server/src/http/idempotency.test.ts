import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestServer, REVIEW, startReview, syncModel, type TestServer } from '../server.fixture.ts'

let server: TestServer
beforeAll(async () => {
  server = await openTestServer()
  await syncModel(server, REVIEW)
})
afterAll(() => server.close())

const key = (name: string) => ({ 'idempotency-key': name })
const body = { workflow: 'review', payload: { kind: 'path', ref: '/a' } }
const start = (user: string, name: string, more: object = {}) =>
  server.call<{ id: string; code?: string }>(user, 'POST /api/v1/instances', { body: { ...body, ...more }, headers: key(name) })

test('a repeat gets the first answer and starts nothing', async () => {
  const [first, second] = [await start('bo', 'k1'), await start('bo', 'k1')]
  const { seq: _seq, ...answer } = first.body as Record<string, unknown>
  expect(second).toMatchObject({ status: 201, body: answer })
})

test('twenty repeats at the same moment start one instance', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => start('bo', 'k2')))
  expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1)
})

test('the same key with another body is refused', async () => {
  await start('bo', 'k3')
  expect(await start('bo', 'k3', { title: 'Another' })).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_MISMATCH' } })
})

test('the key of one person, or of a person somebody acts for, is not another’s', async () => {
  const [bo, ana] = [await start('bo', 'k4'), await start('ana', 'k4')]
  const acting = await server.call<{ id: string }>('ada', 'POST /api/v1/instances', {
    body,
    headers: { ...key('k4'), 'x-millrace-as': 'bo' },
  })
  expect(new Set([bo.body.id, ana.body.id, acting.body.id]).size).toBe(3)
})

test('the key is for one address: the same on another instance is another request', async () => {
  const [one, two] = [await startReview(server), await startReview(server)]
  const suspend = (id: string) => server.call('oscar', `POST /api/v1/instances/${id}/suspend`, { headers: key('k5') })
  expect((await suspend(one.id)).body.id).toBe(one.id)
  expect((await suspend(two.id)).body.id).toBe(two.id)
  expect(await suspend(one.id)).toMatchObject({ status: 200, body: { id: one.id, status: 'SUSPENDED' } })
})

test('a refused request is not kept: the next try with the same key may go through', async () => {
  const { id } = await startReview(server)
  const resume = () => server.call('oscar', `POST /api/v1/instances/${id}/resume`, { headers: key('k6') })
  expect((await resume()).status).toBe(409)
  await server.call('oscar', `POST /api/v1/instances/${id}/suspend`)
  expect((await resume()).status).toBe(200)
})

test('writes beside instances are repeated safely too', async () => {
  const create = () =>
    server.call('edith', 'POST /api/v1/models', { body: { text: REVIEW.replace('id: review', 'id: other') }, headers: key('k7') })
  const [first, second] = await Promise.all([create(), create()])
  expect(first.status).toBe(201)
  expect(second).toMatchObject({ status: 201, body: first.body })
  const sync = () => server.call('edith', 'POST /api/v1/models/other/sync', { headers: key('k8') })
  expect((await sync()).body).toMatchObject({ isNew: true })
  expect((await sync()).body).toMatchObject({ isNew: true, version: 1 })
  expect((await server.call('edith', 'POST /api/v1/models/other/sync')).body).toMatchObject({ isNew: false })
})

test('a message that is sent again with its key is published once', async () => {
  const publish = () => server.call('oscar', 'POST /api/v1/messages', { body: { name: 'nobody-waits' }, headers: key('k10') })
  await Promise.all([publish(), publish()])
  await publish()
  expect(await server.store.instances.keptMessages({ after: 0, limit: 10 })).toHaveLength(1)
})

test('an answer with a secret in it is not kept', async () => {
  const create = () => server.call<{ secret: string }>('bo', 'POST /api/v1/tokens', { body: { name: 'x' }, headers: key('k9') })
  expect((await create()).body.secret).not.toBe((await create()).body.secret)
})

test('a key that is no key is refused', async () => {
  expect(await start('bo', 'two words')).toMatchObject({ status: 400, body: { in: 'headers' } })
  expect(await start('bo', 'x'.repeat(201))).toMatchObject({ status: 400 })
})
