/** A whole server for tests: a store, the real engine, five people with one role each, and one model with a person in it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Clock, openEngine, systemClock } from '@millrace/engine'
import { API_BASE, type Host, listRoutes, type Role, type Route, type Store, type TaskRunner } from '@millrace/protocol'
import { openInlineRunner } from '@millrace/runner'
import { openMemoryStore, openSqliteStore } from '@millrace/store'
import { createApiToken } from './access/api-token.ts'
import { hashPassword, type PasswordCost } from './access/password.ts'
import { createServer, type Server, type ServerOptions } from './server.ts'

/** Cheap, so that tests are about what happens and not about how long guessing takes. */
export const CHEAP: PasswordCost = { memory: 8, passes: 1, parallelism: 1 }
export const PASSWORD = 'correct horse battery'

export const PEOPLE: { readonly [name: string]: { readonly roles: readonly Role[]; readonly groups: readonly string[] } } = {
  ada: { roles: ['administrator'], groups: [] },
  edith: { roles: ['editor'], groups: [] },
  oscar: { roles: ['operator'], groups: [] },
  ana: { roles: ['member'], groups: ['editors'] },
  bo: { roles: ['member'], groups: [] },
  nora: { roles: [], groups: [] },
}

export const REVIEW = `id: review
title: Review a page
payload: path
data: { amount: { type: number }, order: { type: object } }
nodes:
  - { id: look, type: participant, assign: "group:editors", title: "Look at {{ payload.path }}", routes: { approve: publish, reject: end } }
  - { id: publish, type: process, task: note, next: end }
`

export interface Answer<T> {
  readonly status: number
  readonly body: T
  readonly headers: { readonly [name: string]: string | readonly string[] | number | undefined }
}

export interface TestServer {
  readonly server: Server
  readonly host: Host
  readonly store: Store
  /** API token of each person. */
  readonly tokens: { readonly [user: string]: string }
  /** Milliseconds the server's clock is ahead of its start. */
  advance(ms: number): void
  /** One request as somebody; the answer of a success is checked against the route table. */
  call<T = Record<string, unknown>>(user: string | undefined, request: string, options?: CallOptions): Promise<Answer<T>>
  close(): Promise<void>
}

export interface CallOptions {
  readonly body?: unknown
  readonly headers?: { readonly [name: string]: string }
}

/** `note` succeeds at once, `hold` never returns, `fail` fails. */
const tasks: TaskRunner = {
  run: (attempt) => {
    if (attempt.task === 'hold') return new Promise(() => undefined)
    if (attempt.task === 'fail')
      return { ok: false, error: { code: 'TASK_FAILED', message: 'HTTP 503 from pay.example', retryable: false } }
    return { ok: true, output: { noted: attempt.step } }
  },
  has: (name) => ['note', 'hold', 'fail'].includes(name),
  list: () => [{ name: 'note', title: 'Note', plugin: 'test' }],
  close: async () => undefined,
}

export interface TestServerOptions extends Partial<Omit<ServerOptions, 'host'>> {
  /** Default `memory`. */
  readonly keptIn?: 'memory' | 'sqlite'
  /** Tasks beside `note`, `hold` and `fail`. */
  readonly tasks?: TaskRunner
  /** Moves store, engine and server; absent = the machine's, and only the server's is moved by `advance`. */
  readonly clock?: Clock
  /** What the store has before the engine opens it. */
  readonly seed?: (store: Store) => Promise<void>
}

const openStore = async (keptIn: 'memory' | 'sqlite', now: () => number): Promise<{ readonly store: Store; readonly folder?: string }> => {
  if (keptIn === 'memory') return { store: openMemoryStore({ now }) }
  const folder = await mkdtemp(join(tmpdir(), 'millrace-server-'))
  return { store: await openSqliteStore({ path: join(folder, 'millrace.db'), now }), folder }
}

export const openTestServer = async ({
  keptIn = 'memory',
  tasks: moreTasks,
  clock = systemClock,
  seed,
  ...options
}: TestServerOptions = {}): Promise<TestServer> => {
  let aheadMs = 0
  const now = () => clock.now() + aheadMs
  const { store, folder } = await openStore(keptIn, () => clock.now())
  for (const group of ['editors', 'finance']) await store.people.saveGroup({ name: group, title: group, members: [] }, 'test')
  const passwordHash = await hashPassword(PASSWORD, CHEAP)
  const tokens: { [user: string]: string } = {}
  for (const [name, { roles, groups }] of Object.entries(PEOPLE)) {
    const user = {
      name,
      displayName: name.toUpperCase(),
      roles: [...roles],
      groups: [...groups],
      isActive: true,
      createdAtMs: now(),
      passwordHash,
    }
    await store.people.saveUser(user, 'test')
    tokens[name] = (await createApiToken(store, { user: name, name: 'test', nowMs: now() })).secret
  }
  await seed?.(store)
  const loadBundle = (workspace: string, hash: string) => store.definitions.bundle(workspace, hash)
  const host = await openEngine({
    store,
    tasks: moreTasks === undefined ? tasks : joined(moreTasks, tasks),
    runner: openInlineRunner({ loadBundle }),
    clock,
  })
  const server = await createServer({ host, version: '0.0.0-test', logLevel: 'error', passwordCost: CHEAP, now, ...options })

  const call: TestServer['call'] = async (user, request, { body, headers = {} } = {}) => {
    const [method = '', path = ''] = request.split(' ')
    const url = path
    const response = await server.inject({
      method: method as 'GET',
      url,
      headers: { ...(user === undefined ? {} : { authorization: `Bearer ${tokens[user]}` }), ...headers },
      ...(body === undefined ? {} : { payload: body as object }),
    })
    const answer =
      response.body === ''
        ? undefined
        : response.headers['content-type']?.toString().includes('json')
          ? response.json<unknown>()
          : response.body
    if (response.statusCode < 300) expectToFit(method, url, answer)
    return { status: response.statusCode, body: answer as never, headers: response.headers }
  }

  return {
    server,
    host,
    store,
    tokens,
    advance: (ms) => {
      aheadMs += ms
    },
    call,
    close: async () => {
      await server.close()
      await host.close()
      if (folder !== undefined) await rm(folder, { recursive: true, force: true })
    },
  }
}

const joined = (first: TaskRunner, second: TaskRunner): TaskRunner => ({
  run: (attempt, signals) => (first.has(attempt.task) ? first : second).run(attempt, signals),
  has: (name) => first.has(name) || second.has(name),
  list: () => [...first.list(), ...second.list()],
  close: async () => undefined,
})

const all = listRoutes().map(({ route }) => route)

const routeOf = (method: string, url: string): Route | undefined => {
  const parts = (url.split('?', 1)[0] ?? '').replace('/executions', '/instances').split('/')
  const fits = (route: Route) => {
    const wanted = (API_BASE + route.path).split('/')
    return wanted.length === parts.length && wanted.every((part, n) => part.startsWith(':') || part === parts[n])
  }
  const found = all.filter((route) => route.method === method && fits(route))
  return found.find((route) => !route.path.includes(':')) ?? found[0]
}

const expectToFit = (method: string, url: string, answer: unknown): void => {
  const schema = Object.values(routeOf(method, url)?.answers ?? {})[0]
  const result = schema?.safeParse(answer)
  if (result?.success === false) throw new Error(`${method} ${url} answered something else than its schema: ${result.error.message}`)
}

/** A model that was created and synced. */
export const syncModel = async (test: TestServer, text: string): Promise<void> => {
  const { body } = await test.call<{ id: string }>('edith', 'POST /api/v1/models', { body: { text } })
  const sync = await test.call('edith', `POST /api/v1/models/${body.id}/sync`, { body: {} })
  if (sync.status !== 200) throw new Error(`sync: ${JSON.stringify(sync.body)}`)
}

/** An instance of `review` that waits for the editors; its id and that of its work item. */
export const startReview = async (test: TestServer, user = 'bo'): Promise<{ readonly id: string; readonly item: string }> => {
  const { body } = await test.call<{ id: string }>(user, 'POST /api/v1/instances', {
    body: { workflow: 'review', payload: { kind: 'path', ref: '/content/home' }, data: { amount: 10, order: { id: 'A1' } } },
  })
  const inbox = await test.call<{ items: readonly { id: string }[] }>('oscar', `GET /api/v1/inbox?view=all&instance=${body.id}`)
  return { id: body.id, item: inbox.body.items[0]?.id ?? '' }
}

/** What `look` finds, asked again after every commit: results of tasks and messages come a moment after the command that caused them. */
export const eventually = <T>(test: TestServer, look: () => Promise<T | undefined>): Promise<T> =>
  new Promise((resolve, reject) => {
    const again = () =>
      look().then((found) => {
        if (found === undefined) return
        stop()
        resolve(found)
      }, reject)
    const stop = test.store.subscribe(() => void again())
    void again()
  })
