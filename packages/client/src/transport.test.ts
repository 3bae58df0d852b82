import { expect, test } from 'vitest'
import { createClient } from './client.ts'
import type { ClientOptions } from './options.ts'

interface Seen {
  readonly url: string
  readonly method: string
  readonly headers: { readonly [name: string]: string }
  readonly body: unknown
}

/** A server that answers with what `answers` gives, in turn, and keeps what it was asked. */
const clientOf = (answers: readonly (() => Response)[], options: Partial<ClientOptions> = {}) => {
  const seen: Seen[] = []
  const client = createClient({
    baseUrl: 'http://millrace.test/',
    delayMs: () => 0,
    ...options,
    fetch: async (url, init) => {
      seen.push({
        url,
        method: init.method ?? 'GET',
        headers: init.headers as { readonly [name: string]: string },
        body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
      })
      const answer = answers[seen.length - 1]
      if (answer === undefined) throw new Error('asked once too often')
      return answer()
    },
  })
  return { client, seen }
}

const json = (status: number, body: unknown) => () => Response.json(body, { status })
const broken = () => {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) })
}

test('a write whose connection breaks is repeated with the same Idempotency-Key', async () => {
  const { client, seen } = clientOf([broken, json(201, { id: 'i' })])
  await expect(client.instances.start({ workflow: 'w' })).resolves.toEqual({ id: 'i' })
  expect(seen.map((request) => request.headers['idempotency-key'])).toEqual([
    expect.stringMatching(/^[0-9a-f]{32}$/),
    seen[0]?.headers['idempotency-key'],
  ])
})

test('two writes have two keys, and a key that is given is used', async () => {
  const { client, seen } = clientOf([json(201, {}), json(201, {}), json(201, {})])
  await client.instances.start({ workflow: 'w' })
  await client.instances.start({ workflow: 'w' })
  await client.instances.start({ workflow: 'w' }, { idempotencyKey: 'order-1' })
  expect(new Set(seen.map((request) => request.headers['idempotency-key'])).size).toBe(3)
  expect(seen[2]?.headers['idempotency-key']).toBe('order-1')
})

test('when nobody answers at all the error says where it looked, why it failed and what to do', async () => {
  const { client, seen } = clientOf([broken, broken, broken])
  await expect(client.me.get()).rejects.toMatchObject({
    code: 'UNREACHABLE',
    message: 'No answer from http://millrace.test (ECONNREFUSED). Is it running? "millrace start" starts one.',
  })
  expect(seen).toHaveLength(3)
})

test('an answer cut off in the middle is asked for again', async () => {
  const { client } = clientOf([() => new Response('{"id":"i', { status: 201 }), json(201, { id: 'i' })])
  await expect(client.instances.start({ workflow: 'w' })).resolves.toEqual({ id: 'i' })
})

test('a refusal keeps its code, its sentence and its other members, and is not repeated', async () => {
  const problem = { code: 'ITEM_CLAIMED', title: 't', detail: 'Ana claimed it at 14:02.', status: 409, by: 'ana', instance: 'r-1' }
  const { client, seen } = clientOf([json(409, problem)])
  await expect(client.workItems.complete('i.1', { route: 'approve' })).rejects.toMatchObject({
    name: 'MillraceError',
    code: 'ITEM_CLAIMED',
    message: 'Ana claimed it at 14:02.',
    details: { by: 'ana', instance: 'r-1', status: 409 },
  })
  expect(seen).toHaveLength(1)
})

test('a server that asks to try again is asked again', async () => {
  const { client, seen } = clientOf([json(503, { code: 'OVERLOADED', detail: 'Later.' }), json(200, { items: [], asOf: 1 })])
  await client.inbox.list()
  expect(seen).toHaveLength(2)
})

test('a page of a proxy is not taken for an answer of Millrace', async () => {
  const { client } = clientOf([() => new Response('<h1>Bad gateway</h1>', { status: 502 })], { attempts: 1 })
  await expect(client.me.get()).rejects.toMatchObject({ code: 'UNREACHABLE', details: { status: 502 } })
})

test('a code of a newer server is kept in the details', async () => {
  const { client } = clientOf([json(409, { code: 'FROM_THE_FUTURE', detail: 'New.' })])
  await expect(client.me.get()).rejects.toMatchObject({ code: 'BAD_REQUEST', message: 'New.', details: { serverCode: 'FROM_THE_FUTURE' } })
})

test('an aborted call is not repeated', async () => {
  const stop = new AbortController()
  const { client, seen } = clientOf([
    () => {
      stop.abort(new Error('the user left'))
      throw stop.signal.reason
    },
  ])
  await expect(client.me.get({ signal: stop.signal })).rejects.toThrow('the user left')
  expect(seen).toHaveLength(1)
})

test('signing in gives the CSRF token that later writes carry; reads carry none; signing out drops it', async () => {
  const { client, seen } = clientOf([
    json(201, { csrf: 'c1' }),
    json(200, {}),
    json(200, {}),
    () => new Response(null, { status: 204 }),
    json(200, {}),
  ])
  await client.session.signIn({ user: 'ana', password: 'correct horse' })
  await client.inbox.list()
  await client.workItems.claim('i.1')
  await client.session.signOut()
  await client.workItems.claim('i.1')
  expect(seen.map((request) => request.headers['x-csrf-token'])).toEqual([undefined, undefined, 'c1', 'c1', undefined])
})

test('token, acting-for, ETags and paths are sent as the API wants them', async () => {
  const { client, seen } = clientOf([json(200, {}), json(200, {})], { token: 'mr_x', as: 'bo' })
  await client.models.save('a/b ä', { text: 'id: x' }, { ifMatch: '"e1"' })
  await client.instances.list({ status: ['RUNNING', 'FAILED'], data: { 'order.id': 'A1', code: '10', amount: 10 } })
  expect(seen[0]).toMatchObject({
    method: 'PUT',
    url: 'http://millrace.test/api/v1/models/a%2Fb%20%C3%A4',
    headers: { authorization: 'Bearer mr_x', 'x-millrace-as': 'bo', 'if-match': '"e1"', 'content-type': 'application/json' },
    body: { text: 'id: x' },
  })
  expect(seen[1]?.url).toBe(
    'http://millrace.test/api/v1/instances?status=RUNNING&status=FAILED&data.order.id=A1&data.code=%2210%22&data.amount=10',
  )
})
