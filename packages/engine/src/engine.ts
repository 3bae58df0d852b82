/**
 * The embedded host: joins writer, store, runner, tasks and timers behind the `Host` port.
 *
 * Owns: the life cycle (open, recover, close) and which part answers what. Does not own: any of the parts' rules.
 *
 * Invariants:
 * I1. Opening takes up every attempt, delivery, timer, message and lock that the last process left (DESIGN 5.3).
 * I2. `close` answers everything that was accepted.
 */
import type { Actor, Env, Input, State } from '@millrace/kernel'
import { celEvaluator } from '@millrace/model'
import type { CodeBundle, Host, MillraceError, Runner, Store, TaskRunner } from '@millrace/protocol'
import { openBatches } from './batches/batches.ts'
import { type Clock, systemClock } from './clock.ts'
import { createCommands } from './commands/commands.ts'
import { checkText } from './definitions/check-text.ts'
import { diffModel } from './definitions/diff-model.ts'
import { impactOf } from './definitions/impact.ts'
import { syncCode } from './definitions/sync-code.ts'
import { syncModel } from './definitions/sync-model.ts'
import { openDirectory } from './directory.ts'
import { type DoctorPorts, doctor } from './doctor.ts'
import { createAfterCommit } from './effects/after-commit.ts'
import { Attempts } from './effects/attempts.ts'
import { createBeforeCommit } from './effects/before-commit.ts'
import { hostSecret } from './effects/callback-token.ts'
import { createCarryOut, createRunAttempt, type Notice } from './effects/carry-out.ts'
import { openDeliveries } from './effects/deliveries.ts'
import { openMessageRouter } from './effects/messages.ts'
import { Timers } from './effects/timers.ts'
import { LockTable } from './locks/lock-table.ts'
import { operate } from './operate/operate.ts'
import { createStaleWatch } from './operate/stale.ts'
import { type LoadedVersion, Programs } from './programs.ts'
import { eachUnfinished, loadLocks, stoppedAttempts, unfinishedWork } from './recover.ts'
import { openRetention } from './retention.ts'
import { Writer } from './tick/writer.ts'
import { createIdGenerator } from './uuid.ts'
import { validate } from './validate.ts'
import { incidentGroupsView } from './views/incident-groups.ts'
import { locksView } from './views/locks.ts'
import { createTimelines } from './views/timeline.ts'
import { createViews } from './views/views.ts'

export interface EngineOptions {
  readonly store: Store
  readonly tasks: TaskRunner
  readonly runner: Runner
  readonly clock?: Clock
  /** Makes public ids; default UUIDv7. Tests and simulations count instead, so that a run can be repeated. Each must be a UUID and greater than the last. */
  readonly newId?: () => string
  /** Attempts at once, over the host (default 500) and of single tasks (default: no limit of their own). The rest wait in order. */
  readonly attempts?: { readonly limit?: number; readonly limits?: { readonly [task: string]: number } }
  /** People to tell; called after COMMIT, at most once per reason. */
  readonly notify?: (notice: Notice) => void
  /** The disk failed to write or to sync: what is on it is unknown, and this host refuses everything from now on. End the process and start it again. */
  readonly onFailed?: (error: MillraceError) => void
  /** Defects of Millrace itself, with what it was doing; default: written to stderr. */
  readonly onDefect?: (error: unknown, about: string) => void
}

/**
 * Opens the embedded host over a store and takes up what the last process left.
 *
 * @example
 * const host = await openEngine({ store: openMemoryStore(), tasks: openBuiltinTasks(), runner: openInlineRunner({ loadBundle }) })
 * const { id } = await host.start({ workspace: 'default', workflow: 'publish-page', payload: { kind: 'path', ref: '/content/a' } }, ana)
 */
export const openEngine = async (options: EngineOptions): Promise<Host> => {
  const { store, tasks, runner, clock = systemClock, notify } = options
  const onDefect = options.onDefect ?? writeDefect
  const defectIn = (about: string) => (error: unknown) => onDefect(error, about)
  const now = (): number => clock.now()
  const newId = options.newId ?? createIdGenerator(now)
  const programs = new Programs(store)
  const directory = await openDirectory(store)
  const locks = new LockTable()
  const secret = await hostSecret(store)
  const attempts = new Attempts({ tasks, clock, secret, ...options.attempts })
  const deliveries = openDeliveries({ runner, store, programs })
  const timelines = createTimelines(store)

  const report = (instance: string, input: Input): void => writer.submit({ instance, input, isReport: true })
  const runAttempt = createRunAttempt({ programs, attempts })
  const carryOut = createCarryOut({ attempts, runAttempt, deliveries, clock, report, notify, onDefect })
  const writer: Writer = new Writer({
    store,
    clock,
    programs,
    directory,
    locks,
    newId,
    beforeCommit: createBeforeCommit({ programs, deliveries, clock, runAttempt }),
    afterCommit: createAfterCommit({
      noteDue: (atMs) => timers.noteDue(atMs),
      notice: (changes) => batches.notice(changes),
      carryOut,
      routeTo: (opened) => void messages.route([], opened).catch(defectIn('messages')),
    }),
    onKept: (kept) => void messages.route(kept, []).catch(defectIn('messages')),
    forget: (instance) => deliveries.forget(instance),
    reloadLocks: () => loadLocks(store, locks).catch(defectIn('locks')),
    onFailed: (error) => (options.onFailed ?? defectIn('disk'))(error),
    onDefect,
  })
  const submit = writer.submit.bind(writer)
  const messages = openMessageRouter({ store, submit, onError: defectIn('messages') })
  const timers = new Timers({ store, clock, submit, onDefect })

  const stateOf = (instance: string): Promise<State | undefined> => writer.state(instance)
  const envOf = ({ program }: LoadedVersion): Env => ({
    nowMs: now(),
    program,
    evaluator: celEvaluator,
    people: directory,
    validate,
    newId,
  })
  const commands = createCommands({ store, programs, writer, timelines, envOf, secret, newId, now })
  const views = createViews({ store, programs, directory, locks, timelines, stateOf, envOf, secret })
  const { command } = commands
  const batches = openBatches({ store, command, state: stateOf, newId, now, after: (ms, call) => clock.after(ms, call), onDefect })

  /** Takes up what the last process left (I1). */
  const recover = async (): Promise<void> => {
    await loadLocks(store, locks)
    const unfinished: State[] = []
    await eachUnfinished(store, (state) => unfinished.push(state))
    for (const state of unfinished) {
      const version = await programs.load(state.workspace, state.workflow, state.version)
      for (const work of unfinishedWork(state, version?.program)) carryOut(state, work)
      for (const input of stoppedAttempts(state)) report(state.id, input)
    }
    await messages.recover()
    await timers.start()
  }

  const doctorPorts: DoctorPorts = {
    store,
    programs,
    directory,
    locks,
    attempts,
    deliveries,
    isAtWork: (instance) => writer.isAtWork(instance),
    now,
    carryOut,
  }
  const stale = createStaleWatch(doctorPorts)
  const health = () => {
    const reason = writer.readOnlyReason
    return reason === undefined ? { ok: true, readOnly: false } : { ok: false, readOnly: true, reason }
  }

  const stopListening = store.subscribe(() => void directory.reload().catch(defectIn('directory')), ['user', 'group'])
  await recover()
  await batches.recover()
  const retention = openRetention({ store, clock, onDefect })

  return {
    store,
    ...commands,
    ...views,
    syncModel: (workspace: string, id: string, by: Actor, note?: string) =>
      syncModel({ store, programs, tasks, directory, now }, { workspace, id, by, ...(note === undefined ? {} : { note }) }),
    checkModel: async (workspace: string, text: string) => {
      const { model: _, ...answer } = await checkText({ store, tasks, directory }, { workspace, text, file: 'model' })
      return answer
    },
    diffModel: (workspace: string, id: string, from: number | 'draft', to: number | 'draft') =>
      diffModel({ store, tasks, directory }, { workspace, id, from, to }),
    deleteWorkflow: async (workspace: string, workflow: string, by: Actor) => {
      const deleted = await store.definitions.deleteWorkflow(workspace, workflow, by.user)
      programs.forget(workspace, workflow)
      return deleted
    },
    impact: (workspace: string, id: string) => impactOf({ store, tasks, directory }, workspace, id),
    syncCode: (workspace: string, bundle: CodeBundle, by: Actor, note?: string) =>
      syncCode({ store, programs, tasks, now }, { workspace, bundle, by, ...(note === undefined ? {} : { note }) }),
    batches: batches.api,
    incidentGroups: (workspace, filter, page) => incidentGroupsView({ store, programs }, workspace, filter, page),
    locks: (workspace) => locksView(store, locks, workspace),
    tasks: () => tasks.list(),
    doctor: (doctorOptions) => doctor(doctorPorts, doctorOptions),
    operate: (workspace) => operate({ store, programs, stale, health, now }, workspace),
    // A turn of the loop later: by then what this host answers from memory is what was committed.
    subscribe: (listener, nouns) => store.subscribe((events) => setImmediate(listener, events), nouns),
    health,
    metrics: () => ({
      ticks: writer.counts.ticks,
      units: writer.counts.units,
      facts: writer.counts.facts,
      queue: writer.queueLength,
      attempts: attempts.running,
      states_in_memory: writer.statesInMemory,
    }),
    close: async () => {
      timers.close()
      retention.close()
      await batches.close()
      await writer.close()
      attempts.abortAll()
      stopListening()
      await runner.close()
      await tasks.close()
      await store.close()
    },
  }
}

const writeDefect = (error: unknown, about: string): void => {
  process.stderr.write(`millrace: defect (${about}) ${error instanceof Error ? error.stack : String(error)}\n`)
}
