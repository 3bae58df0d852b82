import { createClient } from '@millrace/client'
import type { FeedEvent } from '@millrace/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestServer, REVIEW, startReview, syncModel, type TestServer } from '../server.fixture.ts'

let server: TestServer
let origin: string
const stops: (() => void)[] = []
beforeEach(async () => {
  server = await openTestServer()
  origin = await server.server.listen({ port: 0 })
  await syncModel(server, REVIEW)
})
afterEach(async () => {
  for (const stop of stops.splice(0)) stop()
  await server.close()
})

/** Listens as somebody from a position on (absent = now); `until` waits for an event. */
const listen = async (user: string, after?: number) => {
  const stop = new AbortController()
  stops.push(() => stop.abort())
  const seen: FeedEvent[] = []
  let wake = () => {}
  const client = createClient({ baseUrl: origin, token: server.tokens[user] ?? '' })
  let opened = () => {}
  const open = new Promise<void>((resolve) => {
    opened = resolve
  })
  const done = client.events({
    ...(after === undefined ? {} : { after }),
    signal: stop.signal,
    onOpen: () => opened(),
    onEvent: (event) => {
      seen.push(event)
      wake()
    },
  })
  await Promise.race([open, done])
  const until = async (wanted: (event: FeedEvent) => boolean): Promise<FeedEvent> => {
    for (;;) {
      const found = seen.find(wanted)
      if (found !== undefined) return found
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
  return { seen, until, done, stop: () => stop.abort() }
}

/** A change that everybody who sees all hears of, to know that everything before it was sent. */
const mark = async (): Promise<string> => {
  const { id } = await startReview(server, 'ana')
  return id
}

test('changes are heard as they are committed, in order, once', async () => {
  const ear = await listen('oscar')
  const { id, item } = await startReview(server, 'bo')
  await ear.until((event) => event.id === item)
  await server.call('ana', `POST /api/v1/work-items/${item}/complete`, { body: { route: 'reject' } })
  await ear.until((event) => event.id === id && event.changed.includes('status'))
  const positions = ear.seen.map((event) => event.seq)
  expect(positions).toEqual([...new Set(positions)].toSorted((a, b) => a - b))
})

test('a person hears of what they may read, and of nothing else', async () => {
  const [bo, ana, edith, oscar] = [await listen('bo'), await listen('ana'), await listen('edith'), await listen('oscar')]
  const own = await startReview(server, 'bo')
  const foreign = await startReview(server, 'edith')
  const last = await mark()
  await oscar.until((event) => event.id === last)
  await ana.until((event) => event.id === last)
  await bo.until((event) => event.id === own.id)
  await edith.until((event) => event.id === foreign.id)
  // One more of each reader's own, so that everything before it has been sent.
  const [boLast, edithLast] = [await startReview(server, 'bo'), await startReview(server, 'edith')]
  await bo.until((event) => event.id === boLast.id)
  await edith.until((event) => event.id === edithLast.id)
  const about = (ear: { readonly seen: readonly FeedEvent[] }, id: string) => ear.seen.some((event) => event.id.startsWith(id))
  expect({ own: about(bo, own.id), foreign: about(bo, foreign.id) }).toEqual({ own: true, foreign: false })
  expect({ own: about(edith, own.id), foreign: about(edith, foreign.id) }).toEqual({ own: false, foreign: true })
  expect({ own: about(ana, own.id), foreign: about(ana, foreign.id) }).toEqual({ own: true, foreign: true })
  await server.call('ada', 'PATCH /api/v1/users/nora', { body: { displayName: 'Nora' } })
  const after = await startReview(server, 'bo')
  await bo.until((event) => event.id === after.id)
  await oscar.until((event) => event.id === after.id)
  expect([...bo.seen, ...oscar.seen, ...ana.seen].filter((event) => event.noun === 'user')).toEqual([])
})

test('somebody who is asked only later hears of it from then on', async () => {
  const { item } = await startReview(server, 'bo')
  const oscarEar = await listen('oscar')
  const edith = await listen('edith')
  await server.call('ana', `POST /api/v1/work-items/${item}/delegate`, { body: { to: 'edith' } })
  expect(await edith.until((event) => event.id === item)).toMatchObject({
    noun: 'work-item',
    changed: expect.arrayContaining(['assignee']),
  })
  await oscarEar.until((event) => event.id === item)
})

test('everybody hears what may change their own rights, and nothing of other people', async () => {
  const ear = await listen('bo')
  await server.call('ada', 'PATCH /api/v1/users/oscar', { body: { displayName: 'Oscar the Second' } })
  await server.call('ada', 'PATCH /api/v1/users/bo', { body: { displayName: 'Bo the Second' } })
  await ear.until((event) => event.noun === 'user')
  await server.call('ada', 'PUT /api/v1/groups/new-group', { body: { members: ['bo'] } })
  await ear.until((event) => event.noun === 'group' && event.id === 'new-group')
  expect(ear.seen.filter(({ noun }) => noun === 'user').map(({ id }) => id)).toEqual(['bo'])
})

test('a reader that comes back gets what it missed, by position or by Last-Event-ID', async () => {
  const first = await listen('oscar')
  const { id } = await startReview(server, 'bo')
  const { seq } = await first.until((event) => event.id === id)
  first.stop()
  const missed = await startReview(server, 'bo')
  const second = await listen('oscar', seq)
  await second.until((event) => event.id === missed.id)
  expect(Math.min(...second.seen.map((event) => event.seq))).toBeGreaterThan(seq)

  const response = await fetch(`${origin}/api/v1/events?after=0`, {
    headers: { authorization: `Bearer ${server.tokens.oscar}`, 'last-event-id': String(seq) },
  })
  const reader = response.body?.getReader()
  let text = ''
  while (!text.includes(missed.id)) text += new TextDecoder().decode((await reader?.read())?.value)
  expect(text).not.toContain(`id: ${seq - 1}\n`)
  await reader?.cancel()
})

test('a position that was never reached is 410 too: a backup may have been restored', async () => {
  const future = await server.call('oscar', 'GET /api/v1/events?after=999999')
  expect(future).toMatchObject({ status: 410, body: { code: 'CURSOR_GONE', detail: expect.stringContaining('has not been reached') } })
})

test('a position older than what is kept is 410, before a stream is opened', async () => {
  server.store.queries.feed = async () => {
    const { MillraceError } = await import('@millrace/protocol')
    throw new MillraceError('CURSOR_GONE', 'Too old.')
  }
  expect(await server.call('oscar', 'GET /api/v1/events?after=1')).toMatchObject({ status: 410, body: { code: 'CURSOR_GONE' } })
  expect(await server.call('oscar', 'GET /api/v1/events', { headers: { 'last-event-id': 'x' } })).toMatchObject({ status: 400 })
})

test('whoever loses the right to listen loses the stream', async () => {
  const made = await server.call<{ token: { id: string }; secret: string }>('bo', 'POST /api/v1/tokens', { body: { name: 'ear' } })
  const client = createClient({ baseUrl: origin, token: made.body.secret })
  const stop = new AbortController()
  stops.push(() => stop.abort())
  let opened = () => {}
  const open = new Promise<void>((resolve) => {
    opened = resolve
  })
  const done = client.events({ signal: stop.signal, onEvent: () => {}, onOpen: opened, delayMs: () => 0 })
  await open
  await server.call('bo', `DELETE /api/v1/tokens/${made.body.token.id}`)
  await expect(done).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
})

test('closing the server ends its streams, so that it does not hang', async () => {
  const ear = await listen('oscar')
  await server.server.close()
  ear.stop()
  await expect(ear.done).resolves.toBeUndefined()
})
