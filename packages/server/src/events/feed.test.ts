import { EventEmitter } from 'node:events'
import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Access } from '../access/access.ts'
import { openTestServer, REVIEW, startReview, syncModel, type TestServer } from '../server.fixture.ts'
import { Feed, HEARTBEAT_MS } from './feed.ts'

/** A connection whose buffer the test fills and empties. */
class Connection extends EventEmitter {
  text = ''
  isFull = false
  isEnded = false
  isDestroyed = false
  #onWrite = () => {}

  write(text: string): boolean {
    this.text += text
    this.#onWrite()
    return !this.isFull
  }
  end(): void {
    this.isEnded = true
    this.emit('close')
  }
  destroy(): void {
    this.isDestroyed = true
    this.emit('close')
  }
  drain(): void {
    this.isFull = false
    this.emit('drain')
  }
  get positions(): readonly number[] {
    return [...this.text.matchAll(/"seq":(\d+)/g)].map((match) => Number(match[1]))
  }
  async until(isThere: () => boolean): Promise<void> {
    while (!isThere()) {
      await new Promise<void>((resolve) => {
        this.#onWrite = resolve
      })
    }
  }
}

let server: TestServer
let feed: Feed
let now = 0
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval'] })
  server = await openTestServer()
  await syncModel(server, REVIEW)
  const { host, store } = server
  feed = new Feed({
    host,
    store,
    access: new Access({ store, now: () => Date.now() }),
    workspace: 'default',
    now: () => now,
    onDefect: (error) => expect.unreachable(String(error)),
  })
})
afterEach(async () => {
  vi.useRealTimers()
  feed.close()
  await server.close()
})

const listen = async (user: string, after?: number): Promise<Connection> => {
  const credentials = { token: server.tokens[user] }
  const caller = await new Access({ store: server.store, now: () => Date.now() }).authenticate(credentials)
  if (caller === undefined) throw new Error(`no ${user}`)
  const connection = new Connection()
  feed.open(connection as unknown as ServerResponse, { caller, credentials, position: await feed.admit(caller, after) })
  return connection
}

test('a reader that takes nothing costs a position and at most one batch, and later gets everything, once', async () => {
  const [slow, quick] = [await listen('oscar'), await listen('oscar')]
  const first = await startReview(server)
  await slow.until(() => slow.text.includes(first.id))
  slow.isFull = true
  const many = []
  for (let n = 0; n < 20; n++) many.push(await startReview(server))
  const last = many.at(-1)?.id ?? ''
  await quick.until(() => quick.text.includes(last))
  expect(slow.positions.length).toBeLessThan(quick.positions.length / 2)
  slow.drain()
  await slow.until(() => slow.positions.at(-1) === quick.positions.at(-1))
  expect(slow.positions).toEqual(quick.positions)
})

test('a reader that fills up again while it catches up still misses nothing', async () => {
  const quick = await listen('oscar')
  for (let n = 0; n < 10; n++) await startReview(server)
  const slow = await listen('oscar', 0)
  slow.isFull = true
  const last = await startReview(server)
  await quick.until(() => quick.text.includes(last.item))
  while (slow.positions.at(-1) !== quick.positions.at(-1)) {
    slow.drain()
    slow.isFull = true
    await slow.until(() => slow.positions.length > 0)
    await new Promise((resolve) => setImmediate(resolve))
  }
  const all = (await server.store.queries.feed(0, 1000)).filter(
    ({ noun, id }) => !['user', 'token'].includes(noun) || (noun === 'user' && id === 'oscar'),
  )
  expect(slow.positions).toEqual(all.map((event) => event.seq))
})

test('a connection that has taken nothing for a minute is dropped', async () => {
  const dead = await listen('oscar')
  const first = await startReview(server)
  await dead.until(() => dead.text.includes(first.id))
  dead.isFull = true
  const quick = await listen('oscar')
  const second = await startReview(server)
  await quick.until(() => quick.text.includes(second.id))
  now += 59_000
  vi.advanceTimersByTime(HEARTBEAT_MS)
  expect(dead.isDestroyed).toBe(false)
  now += 2_000
  vi.advanceTimersByTime(HEARTBEAT_MS)
  expect(dead.isDestroyed).toBe(true)
  expect(feed.size).toBe(1)
})

test('a heartbeat moves the position of a reader for whom nothing happens', async () => {
  const [bo, oscar] = [await listen('bo'), await listen('oscar')]
  const { id } = await startReview(server, 'edith')
  await oscar.until(() => oscar.text.includes(id))
  await new Promise((resolve) => setImmediate(resolve))
  vi.advanceTimersByTime(HEARTBEAT_MS)
  const position = Math.max(...oscar.positions)
  expect(bo.text).toMatch(new RegExp(`id: ${position}\\n\\n$`))
  expect(bo.positions).toEqual([])
})

test('one person cannot take all streams', async () => {
  for (let n = 0; n < 100; n++) await listen('bo')
  await expect(listen('bo')).rejects.toMatchObject({ code: 'OVERLOADED' })
  await listen('ana')
})
