import { expect, test } from 'vitest'
import { openTestServer, PASSWORD, REVIEW, startReview, syncModel } from '../server.fixture.ts'

test('health says the process answers, readiness that the host takes work', async () => {
  const server = await openTestServer()
  expect(await server.call(undefined, 'GET /healthz')).toMatchObject({ status: 200, body: { ok: true } })
  expect(await server.call(undefined, 'GET /readyz')).toMatchObject({ status: 200, body: { ok: true } })
  server.host.health = () => ({ ok: false, readOnly: true, reason: 'The disk is full.' })
  expect(await server.call(undefined, 'GET /readyz')).toMatchObject({ status: 503, body: { reason: 'The disk is full.' } })
  await server.close()
})

test('metrics count requests by route and never by address, for this machine and for operators', async () => {
  const server = await openTestServer()
  await syncModel(server, REVIEW)
  const { id } = await startReview(server)
  await server.call('oscar', `GET /api/v1/instances/${id}`)
  const { body } = await server.call<string>(undefined, 'GET /metrics')
  expect(body).toContain('millrace_http_requests_total{method="GET",route="/api/v1/instances/:id",status="200"} 1')
  expect(body).toContain('millrace_host{name="units"}')
  expect(body).not.toContain(id)
  const elsewhere = { 'x-forwarded-for': '203.0.113.9' }
  expect((await server.call(undefined, 'GET /metrics', { headers: elsewhere })).status).toBe(401)
  expect((await server.call('bo', 'GET /metrics', { headers: elsewhere })).status).toBe(403)
  expect((await server.call('oscar', 'GET /metrics', { headers: elsewhere })).status).toBe(200)
  await server.close()
})

test('the log has defects with their request, and never a secret', async () => {
  const lines: string[] = []
  const server = await openTestServer({ logLevel: 'debug', logTo: { write: (line) => void lines.push(line) } })
  await server.call(undefined, 'POST /api/v1/session', { body: { user: 'bo', password: PASSWORD } })
  await server.call(undefined, 'POST /api/v1/callbacks/secret-token', { body: {} })
  await server.call('bo', 'GET /api/v1/inbox?search=private')
  server.host.locks = () =>
    Promise.reject(Object.assign(new Error('boom'), { token: 'mr_leak', headers: { authorization: 'Bearer mr_leak' } }))
  const answer = await server.call('oscar', 'GET /api/v1/locks')
  const log = lines.join('')
  expect(
    lines.map((line) => JSON.parse(line) as { requestId?: string; msg?: string }).find((line) => line.requestId === answer.body.instance),
  ).toBeDefined()
  expect(log).toContain('boom')
  for (const secret of [PASSWORD, server.tokens.bo ?? '', 'secret-token', 'private', 'mr_leak']) expect(log).not.toContain(secret)
  await server.close()
})

test('at the usual level requests that succeed leave no line', async () => {
  const lines: string[] = []
  const server = await openTestServer({ logLevel: 'info', logTo: { write: (line) => void lines.push(line) } })
  await server.call('bo', 'GET /api/v1/inbox')
  await server.call('bo', 'GET /api/v1/nothing')
  expect(lines).toEqual([])
  await server.close()
})
