import { openEngine } from '@millrace/engine'
import type { Actor } from '@millrace/kernel'
import { addDuration, type JsonValue, normalizeDuration, parseModel } from '@millrace/model'
import {
  type HistoryEntry,
  type Host,
  type Instance,
  MillraceError,
  type OpenStep,
  type Payload,
  type WorkItemSummary,
} from '@millrace/protocol'
import { openInlineRunner } from '@millrace/runner'
import { openMemoryStore } from '@millrace/store'
import { createCountingIds } from '../counting-ids.ts'
import { createVirtualClock, type VirtualClock } from '../virtual-clock.ts'
import { createRest } from './settle.ts'
import { openTaskBench, type RanTask, type TestTasks } from './test-tasks.ts'

/** The only workspace of a test host. */
const WORKSPACE = 'default'
/** Operator who acts where a test names nobody. */
const ADMIN = 'admin'
/** Longest history a test reads at once. */
const HISTORY = 100_000

export interface TestHostOptions {
  /** Texts of models, YAML or JSON; each is synced. */
  readonly models?: readonly string[]
  /** Files of code workflows (`refund.workflow.ts`); each is bundled and synced. */
  readonly workflows?: readonly string[]
  /** What tasks give, by name: a value, or a function of the input. Or tasks made by `defineTask`, which run as they are. */
  readonly tasks?: TestTasks
  /** Users and the groups they are in, beside the operator `admin`. */
  readonly people?: { readonly [user: string]: readonly string[] }
  /** What the clock shows first; default 2026-01-01T00:00:00Z. */
  readonly at?: Date
}

export interface StartOptions {
  /** A text is a path. */
  readonly payload?: string | Payload
  readonly data?: { readonly [name: string]: JsonValue }
  readonly input?: JsonValue
  readonly by?: string
}

export interface Decision {
  readonly by?: string
  readonly route?: string
  readonly answer?: { readonly [name: string]: JsonValue }
  readonly comment?: string
}

export interface TestHost {
  /** The host itself, with everything a server knows. After a call of it, `settled` waits for what follows. */
  readonly host: Host
  readonly clock: VirtualClock
  /** Every try of a task so far, in order. */
  readonly ran: readonly RanTask[]
  /** Starts an instance and lets it go as far as it can. @returns its id */
  readonly start: (workflow: string, options?: StartOptions) => Promise<string>
  /** Completes the work item that waits at the node (in code: of the call, `ask`). @throws MillraceError as a server would refuse */
  readonly complete: (instance: string, node: string, decision?: Decision) => Promise<void>
  /** A message to whoever waits for it; kept when nobody does. */
  readonly publish: (name: string, message?: { readonly key?: string; readonly body?: JsonValue }) => Promise<void>
  /** Answers the callback of the step that waits at the node. */
  readonly callback: (instance: string, node: string, body?: JsonValue) => Promise<void>
  /** Lets time pass, `2d` or milliseconds; what falls due happens at its own moment. */
  readonly advance: (span: string | number) => Promise<void>
  /** Resolves when nothing happens any more until time passes or somebody does something. */
  readonly settled: () => Promise<void>
  /** @throws MillraceError NOT_FOUND */
  readonly instance: (id: string) => Promise<Instance>
  readonly history: (id: string) => Promise<readonly HistoryEntry[]>
  /** Open work items that the person may decide. */
  readonly inbox: (user: string) => Promise<readonly WorkItemSummary[]>
  readonly close: () => Promise<void>
}

/**
 * A whole host for tests of your own workflows: the engine of the server over a store in memory, on a clock that stands still until the test moves it.
 * Decisions, deadlines, retries and code are the real ones; tasks give what the test says, and nothing outside is called.
 *
 * @throws MillraceError MODEL_INVALID, MODEL_UNSOUND for a model that could not be synced
 * @example
 * const host = await openTestHost({ models: [text], people: { ana: ['editors'] }, tasks: { 'cms.publish': { ok: true } } })
 * const id = await host.start('publish-page', { payload: '/content/home', by: 'ana' })
 * await host.advance('2d')
 * await host.complete(id, 'review', { by: 'ana', route: 'approve' })
 * console.log((await host.instance(id)).status, host.ran)
 * await host.close()
 */
export const openTestHost = async (options: TestHostOptions = {}): Promise<TestHost> => {
  const { models = [], workflows = [], tasks = {}, people = {}, at } = options
  const clock = createVirtualClock(at?.getTime())
  const memory = openMemoryStore({ now: () => clock.now() })
  await savePeople(memory.people, people, clock.now())
  const bench = openTaskBench(tasks, clock)
  const inline = openInlineRunner({ loadBundle: (workspace, hash) => memory.definitions.bundle(workspace, hash) })
  const { store, runner, settled } = createRest({ store: memory, runner: inline, busy: () => bench.busy })
  const host = await openEngine({ store, tasks: bench.tasks, runner, clock, newId: createCountingIds() })
  const actorOf = (user = ADMIN): Actor => ({ user, groups: people[user] ?? [], isOperator: user === ADMIN })

  const stepAt = async (id: string, node: string, waits: OpenStep['waits'] | undefined): Promise<OpenStep> => {
    const { steps, status } = await instance(id)
    const found = steps.find((step) => step.node === node && (waits === undefined || step.waits === waits))
    if (found !== undefined) return found
    const open = steps.map((step) => `${step.node} (${step.waits})`).join(', ') || 'nothing'
    throw new MillraceError(
      'NOT_FOUND',
      `Nothing waits${waits === undefined ? '' : ` as ${waits}`} at ${node}: the instance is ${status}, and open is ${open}.`,
    )
  }
  const instance = async (id: string): Promise<Instance> => {
    const found = await host.instance(id)
    if (found === undefined) throw new MillraceError('NOT_FOUND', `There is no instance ${id}.`)
    return found
  }

  try {
    for (const text of models) await syncModel(host, text)
    for (const file of workflows) {
      const { bundleWorkflow } = await import('@millrace/runner/bundle')
      await host.syncCode(WORKSPACE, await bundleWorkflow(file), actorOf())
    }
  } catch (error) {
    await host.close()
    throw error
  }
  return {
    host,
    clock,
    ran: bench.ran,
    settled,
    instance,
    start: async (workflow, { payload, data, input, by } = {}) => {
      const request = {
        workspace: WORKSPACE,
        workflow,
        ...(payload === undefined ? {} : { payload: typeof payload === 'string' ? ({ kind: 'path', ref: payload } as const) : payload }),
        ...(data === undefined ? {} : { data: { ...data } }),
        ...(input === undefined ? {} : { input }),
      }
      const { id } = await host.start(request, actorOf(by))
      await settled()
      return id
    },
    complete: async (id, node, { by, ...decision } = {}) => {
      const { step } = await stepAt(id, node, 'work-item')
      await host.command(id, { kind: 'complete', by: actorOf(by), step, ...decision })
      await settled()
    },
    publish: async (name, { key, body = null } = {}) => {
      await host.publish({ workspace: WORKSPACE, name, body, ...(key === undefined ? {} : { key }) }, actorOf())
      await settled()
    },
    callback: async (id, node, body = null) => {
      const { callback, title } = await stepAt(id, node, undefined)
      if (callback === undefined) throw new MillraceError('WRONG_STATUS', `${title} waits for no callback.`)
      await host.callback(callback, body)
      await settled()
    },
    advance: async (span) => {
      let leftMs = spanMs(span, clock.now())
      await settled()
      // From one due time to the next, so that what one brings about is on the clock before the next one comes.
      for (let next = clock.nextInMs; next !== undefined && next <= leftMs; next = clock.nextInMs) {
        leftMs -= next
        clock.advance(next)
        await settled()
      }
      clock.advance(leftMs)
      await settled()
    },
    history: (id) => host.store.queries.history(id, { limit: HISTORY }),
    inbox: async (user) => {
      const reader = { user, groups: people[user] ?? [], seesAll: false }
      return (await host.store.queries.inbox({ workspace: WORKSPACE, reader, view: 'open' }, { limit: 500 })).items
    },
    close: () => host.close(),
  }
}

const spanMs = (span: string | number, nowMs: number): number => {
  if (typeof span === 'number') return span
  const iso = normalizeDuration(span)
  if (iso === undefined) throw new RangeError(`"${span}" is no duration. Write 2d, 1h30m, PT10S or milliseconds.`)
  return addDuration(nowMs, iso) - nowMs
}

const syncModel = async (host: Host, text: string): Promise<void> => {
  const { id, model, problems } = parseModel(text, {})
  if (id === undefined) throw new MillraceError('MODEL_INVALID', 'The text is no model: it has no id.', { details: { problems } })
  const format = text.trimStart().startsWith('{') ? 'json' : 'yaml'
  const draft = { workspace: WORKSPACE, id, title: model?.title ?? id, text, format, updatedBy: ADMIN, updatedAtMs: 0 } as const
  await host.store.definitions.saveDraft(draft, undefined)
  await host.syncModel(WORKSPACE, id, { user: ADMIN, groups: [], isOperator: true })
}

const savePeople = async (
  store: Host['store']['people'],
  people: { readonly [user: string]: readonly string[] },
  nowMs: number,
): Promise<void> => {
  const everybody = { [ADMIN]: [], ...people }
  for (const name of Object.keys(everybody)) {
    const roles = name === ADMIN ? (['administrator'] as const) : (['member'] as const)
    await store.saveUser({ name, displayName: name, roles: [...roles], groups: [], isActive: true, createdAtMs: nowMs }, 'test')
  }
  for (const group of new Set(Object.values(everybody).flat())) {
    const members = Object.entries(everybody).flatMap(([user, groups]) => (groups.includes(group) ? [user] : []))
    await store.saveGroup({ name: group, title: group, members }, 'test')
  }
}
