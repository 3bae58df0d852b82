/**
 * Keeps every answer the tab holds as fresh as the server's, from the stream of events.
 *
 * Owns: when an answer or a row is read again. Does not own: where events come from (stream.ts), which concern what (concern.ts).
 *
 * Invariants: 1. Of one answer, and of one row, one request is under way at a time; what arrives meanwhile is replayed over its result. 2. Nothing is
 * read that nobody looks at; it is marked instead and read when somebody does. 3. A row never becomes older: it is replaced only by one with a
 * greater `seq`.
 */
import type { InfiniteData, Query, QueryClient } from '@tanstack/react-query'
import { type Change, type Concern, concernOf, DELAY_MS, type Held } from './concern.ts'
import { patchRow, rowsOf } from './rows.ts'

export interface FreshnessOptions {
  readonly queries: QueryClient
  /** Reads one row by noun and id, for lists that hold it. Undefined: gone, or no longer ours to see. */
  readonly readRow: (noun: string, id: string) => Promise<{ readonly id: string; readonly seq: number } | undefined>
  /** The `asOf` of an answer, so that the stream begins where the answers end. */
  readonly onPosition?: (asOf: number) => void
}

export interface Freshness {
  /** What changed, from the stream or by our own hand. */
  changed(events: readonly Change[]): void
  /** Events were missed: everything held may be old. */
  resync(): void
  stop(): void
}

/** Least time between two readings of an answer for changes of rows it does not hold. */
const SPACING_MS = 500
/** Rows of one list beyond which reading the list is cheaper than its rows. */
const MOST_ROWS = 6

interface Pending {
  timer: ReturnType<typeof setTimeout>
  dueAtMs: number
  /** Greatest position of a change not yet read; Infinity where unknown. */
  seq: number
  /** All of what is pending is about rows that are not held. */
  isSpaced: boolean
}

export const createFreshness = ({ queries, readRow, onPosition }: FreshnessOptions): Freshness => {
  const cache = queries.getQueryCache()
  const pending = new Map<string, Pending>()
  const rows = createRowReads(queries, readRow, (noun) => {
    for (const query of cache.findAll({ queryKey: [noun, 'list'] })) schedule(query, 'soon', Infinity)
  })

  const read = (query: Query): void => {
    const wait = pending.get(query.queryHash)
    // I1: the end of the request under way comes back here.
    if (wait === undefined || query.state.fetchStatus !== 'idle') return
    clearTimeout(wait.timer)
    pending.delete(query.queryHash)
    if (!query.isActive()) query.invalidate()
    else {
      query.fetch().catch(() => {
        // The page shows the error that the query keeps; the next event or the mended connection reads again.
      })
    }
  }

  const schedule = (query: Query, concern: Exclude<Concern, 'none' | 'row'>, seq: number): void => {
    if (!query.isActive()) return query.invalidate()
    const nowMs = Date.now()
    const isSpaced = concern === 'spaced'
    const dueAtMs = isSpaced ? Math.max(nowMs + DELAY_MS.soon, query.state.dataUpdatedAt + SPACING_MS) : nowMs + DELAY_MS[concern]
    const wait = pending.get(query.queryHash)
    if (wait !== undefined) {
      wait.seq = Math.max(wait.seq, seq)
      wait.isSpaced &&= isSpaced
      if (dueAtMs >= wait.dueAtMs) return
      clearTimeout(wait.timer)
    }
    const timer = setTimeout(() => read(query), dueAtMs - nowMs)
    pending.set(query.queryHash, { timer, dueAtMs, seq: Math.max(seq, wait?.seq ?? 0), isSpaced: wait?.isSpaced ?? isSpaced })
  }

  const stop = cache.subscribe((event) => {
    if (event.type !== 'updated' || (event.action.type !== 'success' && event.action.type !== 'error')) return
    const query: Query = event.query as Query
    const { asOf } = heldOf(query)
    if (asOf !== undefined) onPosition?.(asOf)
    const wait = pending.get(query.queryHash)
    if (wait === undefined || event.action.type === 'error') return
    clearTimeout(wait.timer)
    // Replayed over the result: what it already knows is done, the rest is read again.
    if (asOf !== undefined && wait.seq <= asOf) pending.delete(query.queryHash)
    else wait.timer = setTimeout(() => read(query), wait.isSpaced ? SPACING_MS : Math.max(DELAY_MS.soon, wait.dueAtMs - Date.now()))
  })

  return {
    changed(events) {
      for (const query of cache.getAll()) {
        if (query.state.data === undefined && query.state.fetchStatus === 'idle') continue
        const held = heldOf(query)
        const own: string[] = []
        for (const event of events) {
          const concern = concernOf(held, event)
          if (concern === 'row') own.push(event.id)
          else if (concern !== 'none') schedule(query, concern, event.seq ?? Infinity)
        }
        if (own.length === 0) continue
        if (query.isActive()) rows.want(held.noun, own)
        else query.invalidate()
      }
    },
    resync: () => {
      // A version is immutable: it cannot have changed.
      void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'version' })
    },
    stop: () => {
      stop()
      rows.stop()
      for (const { timer } of pending.values()) clearTimeout(timer)
      pending.clear()
    },
  }
}

/** Reads single rows, each once however many lists hold it, and puts them in the place of older ones. */
const createRowReads = (queries: QueryClient, readRow: FreshnessOptions['readRow'], reloadLists: (noun: string) => void) => {
  const wanted = new Map<string, Set<string>>()
  const reading = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined

  const flush = (): void => {
    timer = undefined
    for (const [noun, ids] of wanted) {
      wanted.delete(noun)
      if (ids.size > MOST_ROWS) reloadLists(noun)
      else for (const id of ids) void readAndPatch(noun, id)
    }
  }

  const want = (noun: string, ids: readonly string[]): void => {
    const set = wanted.get(noun) ?? new Set()
    wanted.set(noun, set)
    for (const id of ids) set.add(id)
    timer ??= setTimeout(flush, DELAY_MS.soon)
  }

  const readAndPatch = async (noun: string, id: string): Promise<void> => {
    const key = `${noun} ${id}`
    // I1: asked for again when this one is back.
    if (reading.has(key)) return want(noun, [id])
    reading.add(key)
    try {
      const row = await readRow(noun, id)
      if (row === undefined) return reloadLists(noun)
      for (const query of queries.getQueryCache().findAll({ queryKey: [noun, 'list'] })) {
        const { dataUpdatedAt } = query.state
        queries.setQueryData(query.queryKey, (data: InfiniteData<unknown> | undefined) => patchRow(data, row), { updatedAt: dataUpdatedAt })
      }
    } catch {
      // Not reachable just now: the mended stream reads everything again.
    } finally {
      reading.delete(key)
    }
  }

  return { want, stop: () => clearTimeout(timer) }
}

/** What of a query matters to an event. */
const heldOf = (query: Query): Held => {
  const [noun, kind, argument] = query.queryKey
  const { ids, asOf } = rowsOf(query.state.data)
  return { noun: String(noun), kind: String(kind), argument, ids, asOf }
}
