import type { FeedEvent } from '@millrace/protocol'
import { expect, test } from 'vitest'
import { type Channel, type FollowOptions, type Message, startEventStream } from './stream.ts'

/** A browser with tabs, one lock and one channel; the feed is in the test's hand. */
const createBrowser = () => {
  const listeners = new Map<number, (message: Message) => void>()
  const line: (() => void)[] = []
  let holder: number | undefined
  let tabs = 0
  const streams: { tab: number; options: FollowOptions }[] = []

  const openTab = () => {
    const tab = ++tabs
    const stop = new AbortController()
    const seen: number[] = []
    const live: boolean[] = []
    const present: string[] = []
    let resyncs = 0
    const channel: Channel = {
      post: (message) => {
        for (const [other, listener] of listeners) if (other !== tab) listener(structuredClone(message))
      },
      listen: (listener) => void listeners.set(tab, listener),
    }
    const stream = startEventStream({
      channel,
      follow: (options) => {
        streams.push({ tab, options })
        return new Promise((resolve) => options.signal.addEventListener('abort', () => resolve()))
      },
      lead: (hold, signal) =>
        new Promise((resolve, reject) => {
          const run = () => {
            if (signal.aborted) return
            holder = tab
            hold().then(resolve, reject)
          }
          signal.addEventListener('abort', () => {
            listeners.delete(tab)
            if (holder !== tab) return
            holder = undefined
            line.shift()?.()
          })
          if (holder === undefined) run()
          else line.push(run)
        }),
      onEvents: (events) => seen.push(...events.map((event) => event.seq)),
      onPresence: ({ model }) => present.push(model),
      onResync: () => resyncs++,
      onLive: (isLive) => live.push(isLive),
      signal: stop.signal,
    })
    return { tab, seen, live, present, stream, resyncs: () => resyncs, close: () => stop.abort() }
  }
  return { openTab, streams }
}

const event = (seq: number): FeedEvent => ({ seq, atMs: 0, noun: 'work-item', id: 'a.1', changed: ['status'] })
const settle = async () => {
  for (let n = 0; n < 20; n++) await Promise.resolve()
}

test('two tabs, one stream: the second gets what the first relays, each event once and in order', async () => {
  const browser = createBrowser()
  const [first, second] = [browser.openTab(), browser.openTab()]
  first.stream.standsAt(1_000)
  await settle()
  expect(browser.streams).toHaveLength(1)
  const feed = browser.streams[0]?.options
  feed?.onOpen()
  for (const seq of [1_001, 1_002, 1_002, 1_003]) feed?.onEvent(event(seq))
  await settle()
  expect(first.seen).toEqual([1_001, 1_002, 1_003])
  expect(second.seen).toEqual([1_001, 1_002, 1_003])
  expect(second.live).toEqual([true])
})

test('the leader closes in the middle of a burst: the next goes on before where it stood, and nobody sees an event twice', async () => {
  const browser = createBrowser()
  const tabs = [browser.openTab(), browser.openTab(), browser.openTab()]
  tabs[0]?.stream.standsAt(5_000)
  await settle()
  for (let seq = 5_001; seq <= 5_010; seq++) browser.streams[0]?.options.onEvent(event(seq))
  await settle()
  tabs[0]?.close()
  await settle()
  expect(browser.streams[1]).toMatchObject({ tab: 2, options: { after: 4_810 } })
  for (let seq = 5_005; seq <= 5_020; seq++) browser.streams[1]?.options.onEvent(event(seq))
  await settle()
  const all = Array.from({ length: 20 }, (_, n) => 5_001 + n)
  expect(tabs[1]?.seen).toEqual(all)
  expect(tabs[2]?.seen).toEqual(all)
  expect(tabs[2]?.resyncs()).toBe(0)
})

test('a tab that stands further back than a new leader begins reads everything again; one that stands there does not', async () => {
  const browser = createBrowser()
  const [first, behind, abreast] = [browser.openTab(), browser.openTab(), browser.openTab()]
  behind.stream.standsAt(10)
  abreast.stream.standsAt(8_999)
  first.stream.standsAt(9_000)
  await settle()
  expect(browser.streams).toMatchObject([{ tab: 1, options: { after: 8_800 } }])
  expect([behind.resyncs(), abreast.resyncs()]).toEqual([1, 0])
})

test('a cursor that is too old makes every tab read afresh, and the feed goes on', async () => {
  const browser = createBrowser()
  const [first, second] = [browser.openTab(), browser.openTab()]
  first.stream.standsAt(100)
  await settle()
  browser.streams[0]?.options.onEvent(event(101))
  await settle()
  browser.streams[0]?.options.onResync()
  browser.streams[0]?.options.onEvent(event(50))
  await settle()
  expect([first.resyncs(), second.resyncs()]).toEqual([1, 1])
  expect(second.seen).toEqual([101, 50])
})

test('a tab that opens later hears at once whether the stream lives', async () => {
  const browser = createBrowser()
  const first = browser.openTab()
  first.stream.standsAt(1)
  await settle()
  browser.streams[0]?.options.onOpen()
  const late = browser.openTab()
  await settle()
  expect(late.live).toEqual([true])
  browser.streams[0]?.options.onLost()
  expect(late.live).toEqual([true, false])
})

test('who has a draft open is told to every tab', async () => {
  const browser = createBrowser()
  const [first, second] = [browser.openTab(), browser.openTab()]
  first.stream.standsAt(1)
  await settle()
  browser.streams[0]?.options.onPresence({ model: 'refund', readers: [] })
  expect([first.present, second.present]).toEqual([['refund'], ['refund']])
})
