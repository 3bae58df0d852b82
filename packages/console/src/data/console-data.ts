/**
 * Everything one browser tab knows and asks of the server: client, session, connection, held answers, and the stream that keeps them fresh. Made once
 * by main.tsx.
 */
import { type Client, createClient, MillraceError } from '@millrace/client'
import type { Me } from '@millrace/protocol'
import { QueryClient } from '@tanstack/react-query'
import { type ConnectionCell, createConnection } from './connection.ts'
import { leadByLock, openChannel } from './events/browser-ports.ts'
import type { Change } from './events/concern.ts'
import { createFreshness } from './events/freshness.ts'
import { startEventStream } from './events/stream.ts'
import { presenceKey } from './queries/presence.ts'
import { createSession, type SessionCell } from './session.ts'
import { createSessionFetch } from './session-fetch.ts'

export interface ConsoleData {
  readonly client: Client
  readonly queries: QueryClient
  readonly session: SessionCell
  readonly connection: ConnectionCell
  /** Who am I: asked once per tab; signed out if nobody. */
  readonly begin: () => Promise<void>
  readonly signIn: (user: string, password: string) => Promise<void>
  readonly signOut: () => Promise<void>
  /** What this tab changed by its own hand: shown without waiting for the stream. */
  readonly wrote: (noun: string, id: string, changed: readonly string[]) => void
  /** Reads everything on the page again: the person asked, or the connection is back. */
  readonly refresh: () => void
}

export const createConsoleData = (): ConsoleData => {
  const session = createSession()
  const connection = createConnection(Date.now)
  const client: Client = createClient({
    baseUrl: '',
    fetch: createSessionFetch({
      send: (url, init) => fetch(url, survivesPage(init) ? { ...init, keepalive: true } : init),
      session,
      connection,
      readCsrf: async () => (await client.me.get()).csrf,
    }),
  })
  const queries = new QueryClient({
    defaultOptions: {
      // The stream says when something is old; asking again by the clock would only cost.
      queries: {
        staleTime: Infinity,
        gcTime: 5 * 60_000,
        retry: false,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
  const life = new AbortController()
  let onPosition = (_asOf: number): void => {}
  const freshness = createFreshness({ queries, readRow: rowReader(client), onPosition: (asOf) => onPosition(asOf) })
  const tabs = openTabs(life.signal)

  const startStream = (me: Me): void => {
    const name = `millrace.events.${me.workspace}.${me.user}`
    const stream = startEventStream({
      follow: (options) => client.events(options),
      lead: leadByLock(name),
      channel: openChannel(name, life.signal),
      onEvents: (events) => {
        freshness.changed(events)
        if (events.some(({ noun, id }) => noun === 'group' || (noun === 'user' && id === me.user))) void readRights()
      },
      onPresence: (presence) => queries.setQueryData(presenceKey(presence.model), presence),
      onResync: freshness.resync,
      onLive: (isLive) => {
        const wasLive = connection.get().isLive
        connection.live(isLive)
        // What failed while the server was away is asked again; what stands is brought up to date by the events themselves.
        if (isLive && !wasLive)
          for (const query of queries.getQueryCache().getAll())
            if (query.state.status === 'error' && query.isActive()) void query.fetch().catch(() => {})
      },
      signal: life.signal,
    })
    onPosition = stream.standsAt
  }

  const enter = (me: Me): void => {
    const before = session.me()
    // A tab never goes from one person to another (session.ts).
    if (before !== undefined && (before.user !== me.user || before.workspace !== me.workspace)) return location.reload()
    session.signedIn(me)
    if (before === undefined) startStream(me)
  }

  /** Somebody changed what this person may do: the rail and the buttons follow, and lists hold other rows with other groups. */
  const readRights = async (): Promise<void> => {
    const before = session.me()
    const me = await client.me.get().catch(() => undefined)
    if (me === undefined || before === undefined || session.get().status !== 'signed-in') return
    session.signedIn(me)
    if (String(me.groups) !== String(before.groups) || String(me.roles) !== String(before.roles)) freshness.resync()
  }

  tabs.listen((message) => {
    if (message === 'signed-out' && session.me() !== undefined) location.reload()
    // Another tab asked for the password: this one need not.
    if (message === 'signed-in' && session.get().status !== 'signed-in') void readMe()
  })

  const readMe = async (): Promise<void> => {
    const me = await client.session.current()
    if (me === null) session.signedOut()
    else enter(me)
  }

  return {
    client,
    queries,
    session,
    connection,
    begin: readMe,
    async signIn(user, password) {
      enter(await client.session.signIn({ user, password }))
      tabs.post('signed-in')
    },
    async signOut() {
      await client.session.signOut()
      tabs.post('signed-out')
      location.assign('/sign-in')
    },
    wrote: (noun, id, changed) => freshness.changed([{ noun, id, changed: [...changed] } satisfies Change]),
    refresh: freshness.resync,
  }
}

/** What browsers carry for a page that is being left, in bytes of all such requests together, is 64 KiB: room for what somebody has just pressed. */
const SHORT_BODY = 4_000

/** A decision arrives although the tab was closed right after it. */
const survivesPage = ({ method, body }: RequestInit): boolean =>
  method !== undefined && method !== 'GET' && (body === undefined || (typeof body === 'string' && body.length <= SHORT_BODY))

/** Rows that lists hold and that are read one by one when only they changed. */
const rowReader =
  (client: Client) =>
  async (noun: string, id: string): Promise<{ readonly id: string; readonly seq: number } | undefined> => {
    try {
      if (noun === 'work-item') return await client.workItems.get(id)
      if (noun === 'instance') return await client.instances.get(id)
      return undefined
    } catch (error) {
      if (error instanceof MillraceError && error.code === 'NOT_FOUND') return undefined
      throw error
    }
  }

type TabMessage = 'signed-in' | 'signed-out'

/** Signing in and out is the browser's affair, not the tab's. */
const openTabs = (signal: AbortSignal) => {
  if (typeof BroadcastChannel === 'undefined') return { post: (_: TabMessage) => {}, listen: (_: (message: TabMessage) => void) => {} }
  const channel = new BroadcastChannel('millrace.session')
  signal.addEventListener('abort', () => channel.close(), { once: true })
  return {
    post: (message: TabMessage) => channel.postMessage(message),
    listen: (listener: (message: TabMessage) => void) =>
      channel.addEventListener('message', (event: MessageEvent<TabMessage>) => listener(event.data)),
  }
}
