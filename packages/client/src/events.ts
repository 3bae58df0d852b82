/**
 * Follows the feed: every change the person may read, in commit order, over broken connections and server restarts.
 *
 * Invariants: 1. Events come once each and in the order of `seq`. 2. A gap is never silent: it is `onResync`, then the feed goes on from now.
 */
import type { DraftPresence, FeedEvent } from '@millrace/protocol'
import { MillraceError } from '@millrace/protocol/error'
import { createStreamReader } from './sse.ts'
import { pause, type Transport } from './transport.ts'

export interface EventsOptions {
  /** Feed position to go on from: `asOf` of a page, `seq` of an answer. Absent = from now. */
  readonly after?: number
  readonly onEvent: (event: FeedEvent) => void
  /** Who has a draft open changed. Told as it happens, and never again: it has no place in the feed. */
  readonly onPresence?: (presence: DraftPresence) => void
  /** The stream stands, from this position on. */
  readonly onOpen?: () => void
  /** The stream broke and is being mended. */
  readonly onLost?: (error: unknown) => void
  /** Events were missed for good: load afresh what is shown. */
  readonly onResync?: () => void
  /** Ends the stream. */
  readonly signal: AbortSignal
  /** Silence after which the connection counts as dead; the server says something every 15 s. Default 45,000 ms. */
  readonly silenceMs?: number
  /** Milliseconds before try `n` (from 1) to mend it. Default 500 ms, doubled up to 10 s. */
  readonly delayMs?: (attempt: number) => number
}

/**
 * @returns when `signal` aborts.
 * @throws MillraceError UNAUTHENTICATED or FORBIDDEN: mending cannot help, sign in again.
 *
 * @example await client.events({ after: page.asOf, onEvent: (event) => console.log(event.noun, event.id), signal: stop.signal })
 */
export const followEvents = async (transport: Transport, options: EventsOptions): Promise<void> => {
  const delayMs = options.delayMs ?? ((attempt: number) => Math.min(10_000, 250 * 2 ** attempt))
  let after = options.after
  let failures = 0
  while (!options.signal.aborted) {
    try {
      await readOnce(transport, options, {
        after,
        moveTo: (position) => {
          after = position
          failures = 0
        },
      })
    } catch (error) {
      if (options.signal.aborted) return
      if (error instanceof MillraceError && error.code === 'CURSOR_GONE') {
        after = undefined
        options.onResync?.()
        continue
      }
      if (error instanceof MillraceError && error.status < 500 && error.code !== 'RATE_LIMITED') throw error
      options.onLost?.(error)
      failures++
      try {
        await pause(delayMs(failures), options.signal)
      } catch {
        return
      }
    }
  }
}

const readOnce = async (
  transport: Transport,
  options: EventsOptions,
  { after, moveTo }: { readonly after: number | undefined; readonly moveTo: (position: number) => void },
): Promise<void> => {
  let last = after
  const dead = new AbortController()
  const stop = () => dead.abort(options.signal.reason)
  options.signal.addEventListener('abort', stop, { once: true })
  let watch: ReturnType<typeof setTimeout> | undefined
  const heard = () => {
    clearTimeout(watch)
    watch = setTimeout(() => dead.abort(new Error('nothing heard from the server')), options.silenceMs ?? 45_000)
  }
  try {
    heard()
    const query = after === undefined ? '' : `?after=${after}`
    const response = await transport.open(`/events${query}`, { accept: 'text/event-stream' }, dead.signal)
    options.onOpen?.()
    const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = response.body?.getReader()
    if (reader === undefined) throw new Error('the answer has no body')
    // A fetch that was given to us may not tie its body to the signal.
    dead.signal.addEventListener('abort', () => void reader.cancel().catch(() => {}), { once: true })
    const decoder = new TextDecoder()
    const read = createStreamReader()
    for (;;) {
      const piece = await reader.read()
      if (piece.done) throw new Error('the server ended the stream')
      heard()
      for (const message of read(decoder.decode(piece.value, { stream: true }))) {
        if (message.event !== undefined) {
          if (message.event === 'presence' && message.data !== undefined) options.onPresence?.(JSON.parse(message.data) as DraftPresence)
          continue
        }
        const position = Number(message.id)
        // After a reconnect the server may repeat what was on its way (invariant 1).
        if (message.data !== undefined && (last === undefined || position > last)) options.onEvent(JSON.parse(message.data) as FeedEvent)
        if (Number.isSafeInteger(position)) {
          last = position
          moveTo(position)
        }
      }
    }
  } finally {
    clearTimeout(watch)
    options.signal.removeEventListener('abort', stop)
    dead.abort()
  }
}
