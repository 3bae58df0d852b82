import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createFreshness, type Freshness } from './freshness.ts'

const INSTANCE = '0190d9f2-0000-7000-8000-00000000000'

let queries: QueryClient
let freshness: Freshness
let stop: () => void
/** When the inbox was read, in ms since the test began. */
let reads: number[]
let position: number
/** How long the server takes. */
let answerMs: number

beforeEach(async () => {
  vi.useFakeTimers({ now: 0 })
  reads = []
  position = 10
  answerMs = 0
  queries = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } })
  freshness = createFreshness({ queries, readRow: async () => undefined })
  const inbox = new QueryObserver(queries, {
    queryKey: ['work-item', 'list', { view: 'open' }],
    queryFn: async () => {
      reads.push(Date.now())
      const asOf = position
      if (answerMs > 0) await new Promise((resolve) => setTimeout(resolve, answerMs))
      return { items: [{ id: `${INSTANCE}1.1`, seq: asOf }], asOf }
    },
  })
  stop = inbox.subscribe(() => {})
  await vi.advanceTimersByTimeAsync(0)
})

afterEach(() => {
  stop()
  freshness.stop()
  queries.clear()
  vi.useRealTimers()
})

const changed = (id: string, what: string): void => {
  position++
  freshness.changed([{ noun: 'work-item', id, changed: [what], seq: position }])
}

test('a single change of a row that is not shown is there in 50 ms', async () => {
  await vi.advanceTimersByTimeAsync(2_000)
  changed(`${INSTANCE}2.1`, 'created')
  await vi.advanceTimersByTimeAsync(60)
  expect(reads).toEqual([0, 2_050])
})

test('200 changes a second of rows that are not shown cost two readings a second', async () => {
  for (let n = 0; n < 400; n++) {
    changed(`${INSTANCE}2.${n}`, 'created')
    await vi.advanceTimersByTimeAsync(5)
  }
  expect(reads.length).toBeGreaterThanOrEqual(4)
  expect(reads.length).toBeLessThanOrEqual(5)
})

test('a change of a row that is shown waits 50 ms, also in the midst of changes of others', async () => {
  for (let n = 0; n < 20; n++) {
    changed(`${INSTANCE}2.${n}`, 'created')
    await vi.advanceTimersByTimeAsync(5)
  }
  changed(`${INSTANCE}1.1`, 'status')
  await vi.advanceTimersByTimeAsync(60)
  expect(reads).toEqual([0, 150])
})

test('what comes while the list is read is read again where the answer does not know it, and only there', async () => {
  await vi.advanceTimersByTimeAsync(2_000)
  answerMs = 100
  changed(`${INSTANCE}1.1`, 'status')
  await vi.advanceTimersByTimeAsync(60)
  expect(reads).toEqual([0, 2_050])
  changed(`${INSTANCE}1.1`, 'comments')
  changed(`${INSTANCE}1.1`, 'status')
  await vi.advanceTimersByTimeAsync(5_000)
  expect(reads).toEqual([0, 2_050, 2_200])
})
