import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import type { JsonValue } from '@millrace/model'
import type { TaskOutcome, TaskRunner } from '@millrace/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { attemptOf, never } from '../attempt.fixture.ts'
import { openBuiltinTasks } from '../index.ts'

type Answer = (request: IncomingMessage & { readonly text: string }, response: ServerResponse) => void

let answer: Answer = (_, response) => response.end()
let server: Server
let origin: string
let tasks: TaskRunner

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => answer(Object.assign(request, { text: Buffer.concat(chunks).toString() }), response))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  tasks = openBuiltinTasks({ http: { maxResponseBytes: 10_000 } })
})

afterAll(async () => {
  await tasks.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const request = async (input: { [name: string]: Parameters<typeof attemptOf>[1] & {} }, more?: Parameters<typeof attemptOf>[2]) =>
  tasks.run(attemptOf('http.request', input, more), never)

const outputOf = (outcome: TaskOutcome) => {
  if (!outcome.ok) throw new Error(`Expected success, got ${outcome.error.message}`)
  return outcome.output as { readonly [name: string]: JsonValue }
}

const errorOf = (outcome: TaskOutcome) => {
  if (outcome.ok) throw new Error(`Expected a failure, got ${JSON.stringify(outcome.output)}`)
  return outcome.error
}

describe('what is sent', () => {
  test('json goes with its type, the query is added, and the attempt’s key is the Idempotency-Key', async () => {
    let seen: IncomingMessage & { readonly text: string } = undefined as never
    answer = (got, response) => {
      seen = got
      response.writeHead(201, { 'content-type': 'application/json; charset=utf-8' }).end('{"id":7}')
    }
    const outcome = await request({
      url: `${origin}/orders?a=1`,
      method: 'post',
      query: { b: 'x y', c: [1, true] },
      json: { amount: 10 },
      headers: { authorization: 'Bearer s3cret' },
    })
    expect(outcome).toMatchObject({ ok: true, output: { status: 201, body: { id: 7 } } })
    expect(seen.url).toBe('/orders?a=1&b=x+y&c=1&c=true')
    expect(seen.text).toBe('{"amount":10}')
    expect(seen.headers).toMatchObject({
      'content-type': 'application/json',
      'idempotency-key': '01890000-0000-7000-8000-000000000001:3',
      authorization: 'Bearer s3cret',
      'user-agent': 'Millrace',
    })
  })

  test('a GET carries no key, and an author’s own header wins', async () => {
    const keys: unknown[] = []
    answer = (got, response) => {
      keys.push(got.headers['idempotency-key'])
      response.end()
    }
    await request({ url: origin })
    await request({ url: origin, method: 'PUT', headers: { 'Idempotency-Key': 'mine' }, body: 'x' })
    expect(keys).toEqual([undefined, 'mine'])
  })

  test('form fields are encoded', async () => {
    let text = ''
    answer = (got, response) => {
      text = `${got.headers['content-type']} ${got.text}`
      response.end()
    }
    await request({ url: origin, method: 'POST', form: { name: 'Ana & Bo', n: 2 } })
    expect(text).toBe('application/x-www-form-urlencoded name=Ana+%26+Bo&n=2')
  })

  test.each([
    ['file:///etc/passwd', 'http://'],
    ['ftp://host/x', 'http://'],
    ['data:text/plain,x', 'http://'],
    ['not an address', 'http://'],
    ['http://user:pass@host/', 'header authorization'],
  ])('%s is refused before anything is sent', async (url, said) => {
    const error = errorOf(await request({ url }))
    expect(error).toMatchObject({ code: 'INPUT_INVALID', retryable: false })
    expect(error.message).toContain(said)
    expect(error.message).not.toContain('pass@')
  })

  test('two bodies are refused', async () => {
    expect(errorOf(await request({ url: origin, json: 1, body: 'x' })).message).toContain('one of json, body and form')
  })
})

describe('what comes back', () => {
  test('is parsed by its type: JSON, text, base64, nothing', async () => {
    const bodies = []
    for (const [type, body] of [
      ['application/problem+json', '{"a":[1]}'],
      ['text/plain; charset=iso-8859-1', Buffer.from('caf\u00e9', 'latin1')],
      ['image/png', Buffer.from([137, 80])],
      ['application/json', ''],
    ] as const) {
      answer = (_, response) => response.writeHead(200, { 'content-type': type }).end(body)
      bodies.push(outputOf(await request({ url: origin })).body)
    }
    expect(bodies).toEqual([{ a: [1] }, 'café', 'iVA=', null])
  })

  test('cookies are left out: they would stand in the history', async () => {
    answer = (_, response) => response.writeHead(200, { 'set-cookie': 'session=s3cret', 'x-id': '7' }).end()
    const outcome = await request({ url: origin })
    expect(JSON.stringify(outcome)).not.toContain('s3cret')
    expect(outcome).toMatchObject({ output: { headers: { 'x-id': '7' } } })
  })

  test('what is no JSON although asked for is a failure that says so', async () => {
    answer = (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('<html>')
    expect(errorOf(await request({ url: origin }))).toMatchObject({ code: 'HTTP_BODY', retryable: false })
  })

  test('an answer over the limit is not read to its end, also when it is small on the wire', async () => {
    answer = (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(1_000_000)))
    expect(errorOf(await request({ url: origin })).message).toContain('larger than 10000 bytes')
    answer = (_, response) => {
      response.writeHead(200)
      const write = () => {
        while (!response.destroyed && response.write(Buffer.alloc(5000)));
      }
      response.on('drain', write)
      write()
    }
    expect(errorOf(await request({ url: origin }))).toMatchObject({ code: 'HTTP_BODY', retryable: false })
  })
})

describe('failures', () => {
  test('another status than expected says which, with an excerpt and how long to wait', async () => {
    answer = (_, response) => response.writeHead(503, { 'retry-after': '7', 'content-type': 'text/plain' }).end('busy')
    expect(errorOf(await request({ url: `${origin}/x?token=s3cret`, method: 'POST', expect: [200, 201] }))).toEqual({
      code: 'HTTP_STATUS',
      message: `POST ${origin}/x answered 503, expected 200 or 201.`,
      retryable: true,
      details: { status: 503, body: 'busy', retryAfterMs: 7000 },
    })
  })

  test('a refusal is not tried again', async () => {
    answer = (_, response) => response.writeHead(404).end()
    expect(errorOf(await request({ url: origin }))).toMatchObject({ code: 'HTTP_STATUS', retryable: false })
    expect(await request({ url: origin, expect: ['2xx', 404] })).toMatchObject({ ok: true, output: { status: 404 } })
  })

  test('a server that is not there is tried again, and no secret of the address is told', async () => {
    const gone = createServer()
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve))
    const { port } = gone.address() as AddressInfo
    await new Promise((resolve) => gone.close(resolve))
    const error = errorOf(await request({ url: `http://127.0.0.1:${port}/x?key=s3cret` }))
    expect(error).toMatchObject({ code: 'HTTP_UNREACHABLE', retryable: true, message: expect.stringContaining('ECONNREFUSED') })
    expect(JSON.stringify(error)).not.toContain('s3cret')
  })

  test('a server that does not answer is given up at the attempt’s limit', async () => {
    answer = () => undefined
    expect(errorOf(await request({ url: origin }, { timeoutMs: 30 }))).toMatchObject({ code: 'TIMED_OUT', retryable: true })
    expect(errorOf(await request({ url: origin, timeout: '20ms' }))).toMatchObject({ code: 'TIMED_OUT' })
  })

  test('a body that stops half way is given up too', async () => {
    answer = (_, response) => response.writeHead(200, { 'content-length': '10' }).write('half')
    expect(errorOf(await request({ url: origin, timeout: '50ms' }))).toMatchObject({ code: 'TIMED_OUT' })
    answer = (_, response) => {
      response.writeHead(200, { 'content-length': '10' }).write('half', () => response.destroy())
    }
    expect(errorOf(await request({ url: origin }))).toMatchObject({ code: 'HTTP_UNREACHABLE', retryable: true })
  })

  test('is cancelled by its signal', async () => {
    const cancellation = new AbortController()
    answer = () => cancellation.abort()
    expect(await tasks.run(attemptOf('http.request', { url: origin }), () => cancellation.signal)).toMatchObject({
      error: { code: 'CANCELLED', retryable: false },
    })
  })
})

describe('a host that refuses private addresses', () => {
  test.each(['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '169.254.169.254'])(
    'does not call %s',
    async (host) => {
      const guarded = openBuiltinTasks({ http: { privateAddresses: 'refuse' } })
      let calls = 0
      answer = (_, response) => {
        calls += 1
        response.end()
      }
      const url = `http://${host}:${new URL(origin).port}/`
      const outcome = await guarded.run(attemptOf('http.request', { url }), never)
      expect(errorOf(outcome)).toMatchObject({ code: 'HTTP_REFUSED', retryable: false })
      expect(calls).toBe(0)
      await guarded.close()
    },
  )
})
