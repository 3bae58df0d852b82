import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestServer, REVIEW, startReview, syncModel, type TestServer } from '../server.fixture.ts'

let server: TestServer
let origin: string
beforeAll(async () => {
  server = await openTestServer()
  origin = await server.server.listen({ port: 0 })
  await syncModel(server, REVIEW)
})
afterAll(() => server.close())

const json = { 'content-type': 'application/json' }
const start = (body: unknown) => server.call('bo', 'POST /api/v1/instances', { body, headers: json })

test('every failure is a problem document that names its code, its status and its request', async () => {
  const answer = await server.call('bo', 'GET /api/v1/instances/0198c0de-0000-7000-8000-000000000000')
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
  expect(answer).toMatchObject({
    status: 404,
    body: {
      type: '/api#NOT_FOUND',
      title: expect.any(String),
      status: 404,
      code: 'NOT_FOUND',
      detail: expect.stringContaining('0198c0de'),
      instance: expect.any(String),
    },
  })
})

test('a request id that came along is kept, unless it could break a log line', async () => {
  const withId = async (id: string) => (await server.call('bo', 'GET /api/v1/nothing', { headers: { 'x-request-id': id } })).body.instance
  expect(await withId('trace-42')).toBe('trace-42')
  expect(await withId('two words')).not.toBe('two words')
})

test.each([
  ['/api/v1/instanes', '/api/v1/instances'],
  ['/api/v1/instances/42/resum', '/api/v1/instances/:id/resume'],
  ['/instances', '/api/v1/instances'],
  ['/v1/work-items/42', '/api/v1/work-items/:id'],
  ['/api/work-items/42/claim', '/api/v1/work-items/:id/claim'],
  ['/healtz', '/healthz'],
])('an unknown address names the nearest one: %s', async (url, near) => {
  const answer = await server.call(undefined, `POST ${url}`)
  if (answer.status === 405) expect(answer.body.detail).toContain(near)
  else expect(answer).toMatchObject({ status: 404, body: { code: 'ROUTE_NOT_FOUND', hint: `Did you mean ${near}?` } })
})

test('an address nothing is like offers no guess', async () => {
  const answer = await server.call(undefined, 'GET /wp-admin/setup-config.php')
  expect(answer).toMatchObject({ status: 404, body: { code: 'ROUTE_NOT_FOUND' } })
  expect(answer.body).not.toHaveProperty('hint')
})

test('a wrong method names the right ones, also in Allow', async () => {
  const answer = await server.call('ada', 'DELETE /api/v1/instances')
  expect(answer).toMatchObject({
    status: 405,
    headers: { allow: 'POST, GET' },
    body: { code: 'METHOD_NOT_ALLOWED', allow: ['POST', 'GET'] },
  })
  expect((await server.call('ada', 'PATCH /api/v1/executions/42/suspend')).headers.allow).toBe('POST')
})

test('opening a callback address acts on nothing', async () => {
  const answer = await server.call(undefined, 'GET /api/v1/callbacks/some-token')
  expect(answer).toMatchObject({ status: 405, headers: { allow: 'POST' }, body: { detail: expect.stringContaining('answered by POST') } })
})

test('a body that does not fit says every problem with its JSON pointer and a hint', async () => {
  const answer = await start({ workflw: 'review', payload: { kind: 'path' }, priority: 500 })
  expect(answer).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST', in: 'body' } })
  expect(answer.body.problems).toEqual([
    { code: 'invalid_type', pointer: '/workflow', message: 'is missing.' },
    { code: 'invalid_type', pointer: '/payload/ref', message: 'is missing.' },
    { code: 'too_big', pointer: '/priority', message: 'Too big: expected number to be <=100' },
    { code: 'unknown', pointer: '/workflw', message: 'is not known here.', hint: 'Did you mean workflow?' },
  ])
})

test('an unknown query parameter is an error, not silently ignored', async () => {
  const answer = await server.call('bo', 'GET /api/v1/instances?stauts=failed')
  expect(answer).toMatchObject({ status: 400, body: { in: 'query', problems: [{ pointer: '/stauts', hint: 'Did you mean status?' }] } })
})

test('a body that is not JSON says where it breaks', async () => {
  const answer = await start('{\n  "workflow": "review",\n  "payload": {kind: "path"}\n}')
  expect(answer).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST', line: 3, column: 15 } })
  expect(await start('{"workflow": "rev')).toMatchObject({ status: 400, body: { line: 1, column: 18 } })
})

test('no body at all is said as missing members, and none is needed where all are optional', async () => {
  const { id } = await startReview(server)
  expect(await server.call('bo', 'POST /api/v1/instances')).toMatchObject({ status: 400, body: { pointer: '/workflow' } })
  expect(await server.call('oscar', `POST /api/v1/instances/${id}/suspend`)).toMatchObject({ status: 200, body: { status: 'SUSPENDED' } })
})

test('a key that would change an object’s prototype is refused, however it is spelled', async () => {
  expect(await start('{"workflow":"review","data":{"__proto__":{"admin":true}}}')).toMatchObject({ status: 400 })
  expect(await start('{"workflow":"review","data":{"\\u005f_proto__":{"admin":true}}}')).toMatchObject({ status: 400 })
})

test('a body that nests deeper than anybody can walk is refused, brackets inside texts do not count', async () => {
  const nested = (levels: number, inside = '') => `{"workflow":"none","data":{"a":${'['.repeat(levels)}${inside}${']'.repeat(levels)}}}`
  expect(await start(nested(50_000))).toMatchObject({
    status: 400,
    body: { code: 'BAD_REQUEST', detail: expect.stringContaining('deeper than 100 levels') },
  })
  expect(await start(nested(99))).toMatchObject({ status: 400 })
  expect(await start(nested(98, JSON.stringify(`${'['.repeat(200)}"\\`)))).toMatchObject({ status: 404 })
})

test('a body that is not JSON by its type is 415', async () => {
  const answer = await server.call('bo', 'POST /api/v1/instances', { body: 'workflow: review', headers: { 'content-type': 'text/yaml' } })
  expect(answer).toMatchObject({ status: 415, body: { code: 'UNSUPPORTED_MEDIA_TYPE', detail: expect.stringContaining('text/yaml') } })
})

test('10 MB are refused with the limit, over a real connection that goes on sending', async () => {
  const body = JSON.stringify({ workflow: 'review', payload: { kind: 'json', json: 'x'.repeat(10_000_000) } })
  const response = await fetch(`${origin}/api/v1/instances`, {
    method: 'POST',
    headers: { ...json, authorization: `Bearer ${server.tokens.bo}` },
    body,
  })
  expect(response.status).toBe(413)
  expect(await response.json()).toMatchObject({ code: 'BODY_TOO_LARGE', detail: expect.stringContaining('1 MiB'), limitBytes: 1_048_576 })
})

test('a client that sends first and reads afterwards learns that its body is too large, on a connection that stays open', async () => {
  const body = Buffer.alloc(10_000_000, 'x')
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const socket = connect(Number(new URL(origin).port), '127.0.0.1')
  socket.on('error', reject)
  socket.pause()
  const head = `Host: x\r\nAuthorization: Bearer ${server.tokens.bo}\r\nContent-Type: application/json\r\n`
  socket.write(`POST /api/v1/instances HTTP/1.1\r\n${head}Content-Length: ${body.length}\r\n\r\n`)
  for (let at = 0; at < body.length; at += 65_536) {
    if (!socket.write(body.subarray(at, at + 65_536))) await once(socket, 'drain')
  }
  socket.write(`GET /api/v1/me HTTP/1.1\r\n${head}\r\n`)
  let answers = ''
  socket.on('data', (chunk) => {
    answers += chunk.toString()
    if (answers.includes('"user":"bo"')) resolve(answers)
  })
  socket.resume()
  expect(await promise).toContain('BODY_TOO_LARGE')
  socket.destroy()
})

test('a body without a length that goes on for ever is refused with the limit too', async () => {
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const request = httpRequest(
      `${origin}/api/v1/instances`,
      { method: 'POST', headers: { ...json, authorization: `Bearer ${server.tokens.bo}` } },
      (response) => {
        response.resume()
        resolve(response.statusCode)
        request.destroy()
      },
    )
    request.on('error', (error) => (request.destroyed ? undefined : reject(error)))
    const more = () => {
      while (!request.destroyed && request.write('x'.repeat(65_536)));
      if (!request.destroyed) request.once('drain', more)
    }
    more()
  })
  expect(status).toBe(413)
})

test('a large body is not read before it is known who sends it', async () => {
  const response = await fetch(`${origin}/api/v1/models`, { method: 'POST', headers: json, body: 'x'.repeat(4_000_000) })
  expect(response.status).toBe(401)
})

test('an illegal transition says what the instance is and what can be done', async () => {
  const { id } = await startReview(server)
  await server.call('oscar', `POST /api/v1/instances/${id}/terminate`)
  const answer = await server.call('oscar', `POST /api/v1/instances/${id}/suspend`)
  expect(answer).toMatchObject({ status: 409, body: { code: 'WRONG_STATUS', detail: expect.stringMatching(/ABORTED/) } })
})

test('an address with a broken percent sign is a bad request, not a crash', async () => {
  expect(await server.call('bo', 'GET /api/v1/models/%E0%A4%A')).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } })
})

test('bytes that are not HTTP get an answer and the connection is closed', async () => {
  const { port } = new URL(origin)
  const text = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1', () => socket.write('NONSENSE\r\n\r\n'))
    let seen = ''
    socket.on('data', (bytes) => {
      seen += bytes.toString()
    })
    socket.on('end', () => resolve(seen))
    socket.on('error', reject)
  })
  expect(text).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nContent-Type: application\/problem\+json/)
  expect(text).toContain('"code":"BAD_REQUEST"')
})

test('a defect of ours tells the caller the request, and nothing of what went wrong', async () => {
  const broken = await openTestServer({ logLevel: 'silent' })
  broken.host.locks = () => Promise.reject(new Error('SELECT secret FROM somewhere'))
  const answer = await broken.call('oscar', 'GET /api/v1/locks')
  expect(answer).toMatchObject({ status: 500, body: { code: 'INTERNAL', detail: expect.stringContaining(String(answer.body.instance)) } })
  expect(JSON.stringify(answer.body)).not.toContain('secret')
  await broken.close()
})

test('answers are not for caches and may run nothing', async () => {
  const { headers } = await server.call('bo', 'GET /api/v1/inbox')
  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  })
})
