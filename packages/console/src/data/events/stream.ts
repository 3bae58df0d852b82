/**
 * One event stream per browser, not per tab: over HTTP/1.1 a browser keeps six connections to a server, and the seventh tab would wait for ever.
 * The tab that holds a Web Lock follows the feed and relays it to the others by BroadcastChannel; when it closes, the next holder goes on from where
 * it stood.
 *
 * Invariants: 1. Every tab gets every event once, in the order of `seq`. 2. A tab that may have missed some is told `resync`: a new leader says from
 * where it goes on, and who stands before that has a gap.
 */
import type { DraftPresence, FeedEvent } from '@millrace/protocol'

export interface EventStreamOptions {
  /** Follows the feed until the signal aborts (the client's `events`). */
  readonly follow: (options: FollowOptions) => Promise<void>
  /** Runs `hold` while this tab is the leader; it ends when the signal aborts. */
  readonly lead: (hold: () => Promise<void>, signal: AbortSignal) => Promise<void>
  readonly channel: Channel
  readonly onEvents: (events: readonly FeedEvent[]) => void
  /** Who has a draft open changed. */
  readonly onPresence?: (presence: DraftPresence) => void
  readonly onResync: () => void
  readonly onLive: (isLive: boolean) => void
  readonly signal: AbortSignal
}

export interface FollowOptions {
  readonly after?: number
  readonly onEvent: (event: FeedEvent) => void
  readonly onPresence: (presence: DraftPresence) => void
  readonly onOpen: () => void
  readonly onLost: () => void
  readonly onResync: () => void
  readonly signal: AbortSignal
}

/** What a BroadcastChannel offers us. */
export interface Channel {
  post(message: Message): void
  /** Messages of other tabs. */
  listen(listener: (message: Message) => void): void
}

export type Message =
  | { readonly kind: 'events'; readonly events: readonly FeedEvent[] }
  /** A tab leads from now on, and relays what comes after this position; absent: it began with what came then. */
  | { readonly kind: 'leading'; readonly after?: number | undefined }
  | { readonly kind: 'presence'; readonly presence: DraftPresence }
  | { readonly kind: 'resync' }
  | { readonly kind: 'live'; readonly isLive: boolean }
  /** A new tab asks how things stand. */
  | { readonly kind: 'hello' }

export interface EventStream {
  /** The tab holds an answer true for this position: the stream need not begin before it. */
  standsAt(position: number): void
}

/**
 * How far before the first answer, or before the last leader's end, a new one begins. Answers of one page are not all true for the same position, and a
 * relay may still be under way; what a tab already knows it ignores.
 */
const OVERLAP = 200

/** How long a new leader waits for the first answer to say where to begin, before it begins with now and reads everything again. */
const FIRST_ANSWER_MS = 3_000

export const startEventStream = (options: EventStreamOptions): EventStream => {
  const { channel, onEvents, onResync, onLive, signal } = options
  /** Position of the last event taken (I1). */
  let seen: number | undefined
  /** Position of the first answer: where to begin while nothing was taken. */
  let start: number | undefined
  let isLeading = false
  let isLive = false
  const firstPosition = createSignal()

  const take = (events: readonly FeedEvent[]): void => {
    const fresh: FeedEvent[] = []
    for (const event of events) {
      if (seen !== undefined && event.seq <= seen) continue
      seen = event.seq
      fresh.push(event)
    }
    if (fresh.length > 0) onEvents(fresh)
  }

  const setLive = (value: boolean): void => {
    isLive = value
    onLive(value)
  }

  channel.listen((message) => {
    switch (message.kind) {
      case 'events':
        return take(message.events)
      case 'leading':
        // I2: before the leader's position there may be events that no tab saw.
        if (message.after === undefined || (seen ?? start ?? Infinity) < message.after) onResync()
        return
      case 'resync':
        seen = undefined
        start = undefined
        return onResync()
      case 'presence':
        return options.onPresence?.(message.presence)
      case 'live':
        return setLive(message.isLive)
      case 'hello':
        if (isLeading) channel.post({ kind: 'live', isLive })
    }
  })
  channel.post({ kind: 'hello' })

  const relay = (message: Message): void => channel.post(message)

  const hold = async (): Promise<void> => {
    if ((seen ?? start) === undefined) await Promise.race([firstPosition.raised, elapsed(FIRST_ANSWER_MS, signal)])
    if (signal.aborted) return
    isLeading = true
    const stood = seen ?? start
    const after = stood === undefined ? undefined : Math.max(0, stood - OVERLAP)
    relay({ kind: 'leading', after })
    // Without a position it begins with now: what came between the first answers and now is read again.
    if (after === undefined) onResync()
    const batch = createBatch((events: readonly FeedEvent[]) => {
      take(events)
      relay({ kind: 'events', events })
    })
    const live = (value: boolean) => {
      setLive(value)
      relay({ kind: 'live', isLive: value })
    }
    try {
      await options.follow({
        ...(after === undefined ? {} : { after }),
        onEvent: batch.add,
        onPresence: (presence) => {
          options.onPresence?.(presence)
          relay({ kind: 'presence', presence })
        },
        onOpen: () => live(true),
        onLost: () => live(false),
        onResync: () => {
          seen = undefined
          start = undefined
          onResync()
          relay({ kind: 'resync' })
        },
        signal,
      })
    } finally {
      isLeading = false
      live(false)
    }
  }

  options.lead(hold, signal).catch(() => {
    // The signal ended it, or the session did: the tab is loaded afresh then.
  })

  return {
    standsAt(position) {
      start = Math.min(start ?? position, position)
      firstPosition.raise()
    },
  }
}

/** Events of one piece of the stream together: no timer, for a hidden tab's timers run once a second at best. */
const createBatch = (flush: (events: readonly FeedEvent[]) => void) => {
  let events: FeedEvent[] = []
  return {
    add(event: FeedEvent) {
      events.push(event)
      if (events.length > 1) return
      queueMicrotask(() => {
        const batch = events
        events = []
        flush(batch)
      })
    },
  }
}

const createSignal = () => {
  let raise = (): void => {}
  const raised = new Promise<void>((resolve) => {
    raise = resolve
  })
  return { raised, raise: () => raise() }
}

const elapsed = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
