/**
 * Server-sent events: the feed of commits, for everyone who listens, trimmed to what they may read.
 *
 * Owns: the open streams. Does not own: the feed itself (store), who may read (audience).
 *
 * Invariants:
 * F1. A listener that is live has been given, or may not see, everything up to `#delivered`.
 * F2. Batches are handed out one after the other, in commit order.
 * F3. Whoever loses the right to listen (signed out, token revoked, deactivated) loses the stream.
 */
import type { ServerResponse } from 'node:http'
import { type FeedEvent, type Host, MillraceError, type Store } from '@millrace/protocol'
import type { Access, Credentials } from '../access/access.ts'
import type { Caller } from '../access/caller.ts'
import { Audience, type Involved, NOBODY } from './audience.ts'
import { Listener, type Person, personOf } from './listener.ts'

export interface FeedOptions {
  readonly host: Host
  readonly store: Store
  readonly access: Access
  readonly workspace: string
  readonly now: () => number
  /** Defects of our own. */
  readonly onDefect: (error: unknown) => void
}

/** A line now and then keeps proxies from closing the connection, and tells a dead one from a quiet one. */
export const HEARTBEAT_MS = 15_000
/** Open streams in all, and of one person: a browser needs one, programs a few. */
const MOST_LISTENERS = 2_000
const MOST_PER_PERSON = 100
/** Events read from the feed at once while catching up. */
const CATCH_UP_ROWS = 500
/** A connection that has taken nothing for this long is dead. */
const STUCK_MS = 60_000

export class Feed {
  readonly #options: FeedOptions
  readonly #audience: Audience
  readonly #listeners = new Set<Listener>()
  readonly #stops: (() => void)[] = []
  #pending: FeedEvent[] = []
  #isDelivering = false
  #delivered = 0

  constructor(options: FeedOptions) {
    this.#options = options
    this.#audience = new Audience(options.store, options.workspace)
    this.#stops.push(options.host.subscribe((events) => this.#take(events)))
    this.#stops.push(options.access.onForget(() => this.#recheck()))
    const heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MS)
    heartbeat.unref()
    this.#stops.push(() => clearInterval(heartbeat))
  }

  get size(): number {
    return this.#listeners.size
  }

  /**
   * Checks that a stream may be opened, before its headers are sent.
   *
   * @returns the position it begins after. @throws MillraceError CURSOR_GONE, OVERLOADED.
   */
  async admit(caller: Caller, after: number | undefined): Promise<number> {
    const own = [...this.#listeners].filter((listener) => listener.user === caller.user).length
    if (this.#listeners.size >= MOST_LISTENERS || own >= MOST_PER_PERSON) {
      throw new MillraceError('OVERLOADED', `Too many event streams are open (${own} of yours). Close some; one per program is enough.`)
    }
    const newest = await this.#options.store.queries.position()
    if (after === undefined) return newest
    // Of data before a backup was restored: what comes now has smaller numbers and would be passed over for ever.
    if (after > newest) {
      const sentence = `Feed position ${after} has not been reached; the newest is ${newest}. Load what you show afresh, and go on from its asOf.`
      throw new MillraceError('CURSOR_GONE', sentence)
    }
    await this.#options.store.queries.feed(after, 1)
    return after
  }

  /** Streams to `response`, whose headers are sent, until either side ends it. */
  open(response: ServerResponse, options: { readonly caller: Caller; readonly credentials: Credentials; readonly position: number }): void {
    const listener = new Listener(response, options)
    this.#listeners.add(listener)
    response.on('close', () => this.#listeners.delete(listener))
    response.write(`retry: 2000\nid: ${listener.position}\n\n`)
    this.#catchUp(listener)
  }

  /** Tells those who listen now something that has no place in the feed: it is true for a moment, and nobody who misses it is told later. */
  tell(event: string, body: object, isFor: (person: Person) => boolean): void {
    const text = `event: ${event}\ndata: ${JSON.stringify(body)}\n\n`
    for (const listener of this.#listeners) {
      if (listener.state !== 'live' || !isFor(listener.person)) continue
      if (!listener.write(text, listener.position, this.#options.now())) listener.onDrain(() => this.#catchUp(listener))
    }
  }

  /** Ends every stream: clients reconnect to whoever serves next. */
  close(): void {
    for (const stop of this.#stops) stop()
    for (const listener of this.#listeners) listener.end()
    this.#listeners.clear()
  }

  #take(events: readonly FeedEvent[]): void {
    if (this.#listeners.size === 0) {
      this.#delivered = events.at(-1)?.seq ?? this.#delivered
      return
    }
    this.#pending.push(...events)
    if (this.#isDelivering) return
    this.#isDelivering = true
    this.#deliver()
      .catch(this.#options.onDefect)
      .finally(() => {
        this.#isDelivering = false
      })
  }

  async #deliver(): Promise<void> {
    while (this.#pending.length > 0) {
      const events = this.#pending
      this.#pending = []
      const involved = await this.#involvedIn(events)
      const lines = events.map(lineOf)
      this.#delivered = events.at(-1)?.seq ?? this.#delivered
      for (const listener of this.#listeners) {
        if (listener.state !== 'live') continue
        if (involved === undefined) this.#catchUp(listener)
        else this.#hand(listener, events, { lines, involved })
      }
    }
  }

  /** @returns undefined when it could not be read now: then each listener reads on by itself from where it stands. */
  async #involvedIn(events: readonly FeedEvent[]): Promise<Involved | undefined> {
    if ([...this.#listeners].every((listener) => listener.person.reader.seesAll)) return NOBODY
    try {
      return await this.#audience.involved(events)
    } catch (error) {
      this.#options.onDefect(error)
      return undefined
    }
  }

  #hand(
    listener: Listener,
    events: readonly FeedEvent[],
    { lines, involved }: { readonly lines: readonly string[]; readonly involved: Involved },
  ): void {
    let text = ''
    for (const [n, event] of events.entries()) {
      if (event.seq > listener.position && this.#audience.mayHear(event, listener.person, involved)) text += lines[n]
    }
    const upTo = Math.max(listener.position, events.at(-1)?.seq ?? 0)
    if (!listener.write(text, upTo, this.#options.now())) listener.onDrain(() => this.#catchUp(listener))
  }

  #catchUp(listener: Listener): void {
    listener.state = 'catching-up'
    this.#readOn(listener).catch((error: unknown) => {
      // Too slow for what the feed keeps: the next connection is told so (410).
      listener.end()
      if (!(error instanceof MillraceError)) this.#options.onDefect(error)
    })
  }

  async #readOn(listener: Listener): Promise<void> {
    while (this.#listeners.has(listener)) {
      const delivered = this.#delivered
      const events = await this.#options.store.queries.feed(listener.position, CATCH_UP_ROWS)
      if (events.length === 0) {
        // Nothing is left up to `delivered`; what was handed out during the read is read next.
        listener.position = Math.max(listener.position, delivered)
        if (this.#delivered > listener.position) continue
        listener.state = 'live'
        return
      }
      const involved = listener.person.reader.seesAll ? NOBODY : await this.#audience.involved(events)
      this.#hand(listener, events, { lines: events.map(lineOf), involved })
      if (listener.state === 'blocked') return
    }
  }

  #beat(): void {
    const now = this.#options.now()
    for (const listener of this.#listeners) {
      if (listener.isStuck(now, STUCK_MS)) listener.destroy()
      else if (listener.state === 'live') {
        const position = Math.max(listener.position, this.#delivered)
        // Without data: browsers keep the id and wake nobody.
        if (!listener.write(`id: ${position}\n\n`, position, now)) listener.onDrain(() => this.#catchUp(listener))
      }
    }
    this.#recheck()
  }

  /** Rights may have changed (F3). */
  #recheck(): void {
    for (const listener of this.#listeners) {
      this.#options.access.authenticate(listener.credentials).then(
        (caller) => {
          if (caller === undefined) listener.end()
          else listener.person = personOf(caller)
        },
        () => listener.end(),
      )
    }
  }
}

const lineOf = (event: FeedEvent): string => `id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`
