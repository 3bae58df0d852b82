import type { FeedEvent } from '@millrace/protocol'
import { expect, test } from 'vitest'
import { createClient } from './client.ts'
import type { EventsOptions } from './events.ts'

const line = (seq: number) => `id: ${seq}\ndata: ${JSON.stringify({ seq, atMs: 0, noun: 'instance', id: `i${seq}`, changed: [] })}\n\n`

const streamOf = (...pieces: readonly string[]) =>
  new Response(
    new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece))
        controller.close()
      },
    }),
  )

/** Follows a server that answers each connection in turn; the last one ends the test. */
const follow = async (answers: readonly (() => Response)[], options: Partial<EventsOptions> = {}) => {
  const stop = new AbortController()
  const asked: string[] = []
  const seen: number[] = []
  const told: string[] = []
  const client = createClient({
    baseUrl: '',
    fetch: async (url) => {
      asked.push(url)
      const answer = answers[asked.length - 1]
      if (answer !== undefined) return answer()
      stop.abort()
      throw new Error('over')
    },
  })
  const done = client.events({
    onEvent: (event: FeedEvent) => void seen.push(event.seq),
    onOpen: () => void told.push('open'),
    onLost: () => void told.push('lost'),
    onResync: () => void told.push('resync'),
    signal: stop.signal,
    delayMs: () => 0,
    ...options,
  })
  await done
  return { asked, seen, told }
}

test('after a broken connection the stream goes on from the last event, without one twice', async () => {
  const { asked, seen, told } = await follow([() => streamOf(line(4), line(5)), () => streamOf(line(5), line(6))], { after: 3 })
  expect(seen).toEqual([4, 5, 6])
  expect(asked).toEqual(['/api/v1/events?after=3', '/api/v1/events?after=5', '/api/v1/events?after=6'])
  expect(told).toEqual(['open', 'lost', 'open', 'lost'])
})

test('a line without data moves the position on, so that a quiet reader does not fall out of the feed', async () => {
  const { asked, seen } = await follow([() => streamOf('id: 90\n\n')], { after: 3 })
  expect({ asked, seen }).toEqual({ asked: ['/api/v1/events?after=3', '/api/v1/events?after=90'], seen: [] })
})

test('a position that is too old asks for a fresh start and goes on from now', async () => {
  const gone = () => Response.json({ code: 'CURSOR_GONE', detail: 'Too old.' }, { status: 410 })
  const { asked, seen, told } = await follow([gone, () => streamOf(line(900))], { after: 3 })
  expect(seen).toEqual([900])
  expect(told).toEqual(['resync', 'open', 'lost'])
  expect(asked[1]).toBe('/api/v1/events')
})

test('a session that ended is said at once, not retried', async () => {
  const refused = () => Response.json({ code: 'UNAUTHENTICATED', detail: 'Sign in.' }, { status: 401 })
  await expect(follow([refused])).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
})

test('a connection that says nothing for too long is given up and made anew', async () => {
  const silent = () => new Response(new ReadableStream<Uint8Array>({}))
  const { told } = await follow([silent], { silenceMs: 5 })
  expect(told).toEqual(['open', 'lost'])
})

test('what has no place in the feed is told beside it, and moves no position', async () => {
  const presence = 'event: presence\ndata: {"model":"refund","readers":[]}\n\n'
  const told: string[] = []
  const { asked, seen } = await follow([() => streamOf(line(4), presence, line(5), 'event: later\ndata: {}\n\n')], {
    after: 3,
    onPresence: ({ model }) => void told.push(model),
  })
  expect(seen).toEqual([4, 5])
  expect(told).toEqual(['refund'])
  expect(asked.at(-1)).toBe('/api/v1/events?after=5')
})
