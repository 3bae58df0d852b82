/**
 * 50 people with their inbox open, in a process of its own: each the console's own data layer (client, held answers, freshness) without the screen, so that
 * they ask of the server what 50 browsers ask.
 */
import { createClient } from '@millrace/client'
import { createFreshness } from '@millrace/console/data/freshness'
import { QueryClient, QueryObserver } from '@tanstack/react-query'

interface Job {
  readonly url: string
  readonly tokens: readonly string[]
}

const told = { events: 0, reads: 0, slowestMs: 0 }

const attendAll = async ({ url, tokens }: Job): Promise<void> => {
  await Promise.all(tokens.map((token) => attend(url, token)))
  process.send?.('ready')
  process.on('message', (asked) => {
    if (asked === 'told') process.send?.({ ...told })
    else if (asked === 'end') process.exit(0)
  })
}

process.once('message', (message) => void attendAll(message as Job))

/** Resolves when the stream is open and the first answers are here. */
const attend = async (url: string, token: string): Promise<void> => {
  const client = createClient({ baseUrl: url, token })
  const queries = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, retry: false, networkMode: 'always' } } })
  const freshness = createFreshness({
    queries,
    readRow: async (noun, id) => (noun === 'work-item' ? timed(client.workItems.get(id)) : undefined),
  })
  const opened = new Promise<void>((resolve) => {
    void client.events({
      onOpen: () => resolve(),
      onEvent: (event) => {
        told.events++
        freshness.changed([event])
      },
      onResync: freshness.resync,
      // The process ends with the measurement.
      signal: new AbortController().signal,
    })
  })
  const list = { queryKey: ['work-item', 'list', { view: 'open' }], queryFn: () => timed(client.inbox.list({ view: 'open', limit: 60 })) }
  const counts = { queryKey: ['work-item', 'counts'], queryFn: () => timed(client.inbox.counts()) }
  for (const query of [list, counts]) new QueryObserver<unknown>(queries, query).subscribe(() => {})
  await opened
}

const timed = async <T>(call: Promise<T>): Promise<T> => {
  const begin = performance.now()
  const answer = await call
  told.reads++
  told.slowestMs = Math.max(told.slowestMs, performance.now() - begin)
  return answer
}
