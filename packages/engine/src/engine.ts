/**
 * The embedded host: joins writer, store, runner, tasks and timers behind the `Host` port.
 *
 * Owns: the life cycle (open, recover, close) and which part answers what. Does not own: any of the parts' rules.
 *
 * Invariants:
 * I1. Opening takes up every attempt, delivery, timer, message and lock that the last process left (DESIGN 5.3).
 * I2. `close` answers everything that was accepted.
 */

import { createHash, randomBytes } from 'node:crypto'
import { type Actor, type Env, type Input, isFinal, type JsonValue, replayFrom, type State } from '@millrace/kernel'
import { celEvaluator } from '@millrace/model'
import {
  type CodeBundle,
  type CommandAnswer,
  type CommandInput,
  type CommandOptions,
  type DoctorReport,
  type FeedEvent,
  type Host,
  type Instance,
  type InstanceSummary,
  type Lock,
  MillraceError,
  type Preview,
  type Runner,
  type StartInstance,
  type Store,
  type SyncAnswer,
  type TaskInfo,
  type TaskRunner,
  type Timeline,
  type TimelineWindow,
  type Why,
  type WorkItem,
} from '@millrace/protocol'
import { openBatches } from './batches/batches.ts'
import { type Clock, systemClock } from './clock.ts'
import { Idempotency } from './commands/idempotency.ts'
import { requestedVersion, startInput } from './commands/start.ts'
import { checkText } from './definitions/check-text.ts'
import { diffModel } from './definitions/diff-model.ts'
import { impactOf } from './definitions/impact.ts'
import { syncCode } from './definitions/sync-code.ts'
import { syncModel } from './definitions/sync-model.ts'
import { openDirectory } from './directory.ts'
import { type DoctorPorts, doctor } from './doctor.ts'
import { allFacts } from './effects/all-facts.ts'
import { Attempts, callbackToken, readCallbackToken } from './effects/attempts.ts'
import { openDeliveries } from './effects/deliveries.ts'
import { openMessageRouter } from './effects/messages.ts'
import { earliestDueMs, Timers } from './effects/timers.ts'
import { mustPersist } from './effects/transient.ts'
import { LockTable } from './locks/lock-table.ts'
import { operate } from './operate/operate.ts'
import { createStaleWatch } from './operate/stale.ts'
import { type LoadedVersion, Programs } from './programs.ts'
import { eachUnfinished, loadLocks, stoppedAttempts, unfinishedWork } from './recover.ts'
import { openRetention } from './retention.ts'
import type { Change, LateEffect, Piece } from './tick/piece.ts'
import { Writer } from './tick/writer.ts'
import { createIdGenerator } from './uuid.ts'
import { validate } from './validate.ts'
import { changedSince } from './views/changed-since.ts'
import { incidentGroupsView } from './views/incident-groups.ts'
import { instanceView } from './views/instance.ts'
import { locksView } from './views/locks.ts'
import { previewCommand } from './views/preview.ts'
import { createTimelines } from './views/timeline.ts'
import { explainState } from './views/why.ts'
import { workItemView } from './views/work-item.ts'

export interface EngineOptions {
  readonly store: Store
  readonly tasks: TaskRunner
  readonly runner: Runner
  readonly clock?: Clock
  /** Makes public ids; default UUIDv7. Tests and simulations count instead, so that a run can be repeated. Each must be a UUID and greater than the last. */
  readonly newId?: () => string
  /** Attempts at once, over the host and of single tasks. */
  readonly attempts?: { readonly limit?: number; readonly limits?: { readonly [task: string]: number } }
  /** People to tell; called after COMMIT, at most once per reason. */
  readonly notify?: (notice: Notice) => void
  /** Defects of Millrace itself, with what it was doing; default: written to stderr. */
  readonly onDefect?: (error: unknown, about: string) => void
}

export interface Notice {
  readonly instance: string
  readonly step: number
  readonly reason: 'opened' | 'reminded' | 'escalated' | 'reassigned'
  readonly to: readonly string[]
}

/**
 * Opens the embedded host over a store and takes up what the last process left.
 *
 * @example
 * const host = await openEngine({ store: openMemoryStore(), tasks: openBuiltinTasks(), runner: openInlineRunner({ loadBundle }) })
 * const { id } = await host.start({ workspace: 'default', workflow: 'publish-page', payload: { kind: 'path', ref: '/content/a' } }, ana)
 */
export const openEngine = async (options: EngineOptions): Promise<Host> => {
  const { store, tasks, runner, clock = systemClock } = options
  const onDefect = options.onDefect ?? ((error, about) => console.error(`millrace: defect (${about})`, error))
  const newId = options.newId ?? createIdGenerator(() => clock.now())
  const programs = new Programs(store)
  const directory = await openDirectory(store)
  const locks = new LockTable()
  const secret = await hostSecret(store)
  const attempts = new Attempts({ tasks, clock, secret, ...options.attempts })
  const deliveries = openDeliveries({ runner, store, programs })
  const idempotency = new Idempotency(store)
  const timelines = createTimelines(store)

  const submitReport = (instance: string, input: Input): void => writer.submit({ instance, input, isReport: true })

  const runAttempt = (state: State, effect: Extract<LateEffect['effect'], { readonly kind: 'attempt' }>): Input | Promise<Input> => {
    const program = programs.get(state.workspace, state.workflow, state.version)?.program
    const node =
      program?.kind === 'graph' ? program.model.nodes[program.net.indexOf.get(state.steps[effect.step]?.node ?? '') ?? -1] : undefined
    return attempts.run(state, effect, node?.type === 'process' && !node.autoAdvance)
  }

  const carryOut = (state: State, { instance, effect }: LateEffect): void => {
    switch (effect.kind) {
      case 'attempt': {
        // A later unit of the same tick may have closed the step, or cancelled the instance: then it ends without having begun.
        if (state.steps[effect.step] === undefined) return
        if (state.status === 'CANCELLING') {
          for (const input of stoppedAttempts(state)) if (input.step === effect.step) submitReport(instance, input)
          return
        }
        const result = runAttempt(state, effect)
        if (result instanceof Promise)
          result.then(
            (input) => submitReport(instance, input),
            (error: unknown) => onDefect(error, 'attempt'),
          )
        else submitReport(instance, result)
        return
      }
      case 'deliver':
        deliveries.deliver(state, effect.delivery, clock.now()).then(
          (input) => submitReport(instance, input),
          (error: unknown) => onDefect(error, `code of instance ${instance}`),
        )
        return
      case 'abort':
        return attempts.abort(instance, effect.step)
      case 'forget':
        return deliveries.forget(instance)
      case 'notify':
        return options.notify?.({ instance, step: effect.step, reason: effect.reason, to: effect.to })
    }
  }

  const afterCommit = (late: readonly LateEffect[], changes: ReadonlyMap<string, Change>): void => {
    let earliest = Number.POSITIVE_INFINITY
    const opened = []
    for (const { after, facts } of changes.values()) {
      earliest = Math.min(earliest, earliestDueMs(facts, after))
      for (const fact of facts) {
        if ((fact.t === 'opened' || fact.t === 'turned') && fact.wait.kind === 'message' && after.steps[fact.step] !== undefined)
          opened.push({ workspace: after.workspace, fact })
      }
    }
    timers.noteDue(earliest)
    batches.notice(changes)
    for (const each of late) {
      const state = changes.get(each.instance)?.after
      if (state !== undefined) carryOut(state, each)
    }
    if (opened.length > 0) messages.route([], opened).catch((error: unknown) => onDefect(error, 'messages'))
  }

  const beforeCommit = (piece: Piece): Promise<Input> | undefined => {
    const { delivery } = piece
    if (delivery !== undefined) {
      piece.delivery = undefined
      const state = piece.state(delivery.instance)
      // After its process has died once the count is written first, so that whatever happens there is no third try.
      if (state === undefined || piece.isShared || (state.code?.kills ?? 0) > 0) {
        piece.late.push({ instance: delivery.instance, effect: { kind: 'deliver', delivery: delivery.delivery } })
        return undefined
      }
      return deliveries.deliver(state, delivery.delivery, clock.now())
    }
    return transientWork(piece)
  }

  /** A transient instance runs its tasks before anything is written; undefined when it must be written now, or has ended. */
  const transientWork = (piece: Piece): Promise<Input> | undefined => {
    const { unit } = piece
    if (unit.input?.kind !== 'start' || piece.isShared || unit.input.parent !== undefined) return undefined
    const program = programs.get(unit.input.workspace, unit.input.workflow, unit.input.version)?.program
    if (program?.kind !== 'graph' || !program.isTransient) return undefined
    const state = piece.state(unit.instance)
    if (state === undefined) return undefined
    if (isFinal(state.status)) {
      piece.changes.clear()
      piece.answer = { id: state.id, status: state.status, run: state.run, facts: state.facts, seq: 0 }
      return undefined
    }
    if (mustPersist(state)) return undefined
    const [late] = piece.late.splice(0)
    const [step] = Object.values(state.steps)
    if (late?.effect.kind === 'attempt') return Promise.resolve(runAttempt(state, late.effect))
    const retryAtMs = step?.wait.kind === 'task' ? step.wait.retryAtMs : undefined
    if (step === undefined || retryAtMs === undefined) return undefined
    return new Promise((resolve) => clock.after(Math.max(0, retryAtMs - clock.now()), () => resolve({ kind: 'timer', step: step.n })))
  }

  const writer: Writer = new Writer({
    store,
    clock,
    programs,
    directory,
    locks,
    newId,
    afterCommit,
    beforeCommit,
    onDefect,
    forget: (instance) => deliveries.forget(instance),
    onKept: (kept) => messages.route(kept, []).catch((error: unknown) => onDefect(error, 'messages')),
    reloadLocks: () => loadLocks(store, locks),
  })
  const messages = openMessageRouter({ store, submit: (unit) => writer.submit(unit) })
  const timers = new Timers({ store, clock, submit: (unit) => writer.submit(unit), whenIdle: () => writer.whenIdle(), onDefect })

  const recover = async (): Promise<void> => {
    await loadLocks(store, locks)
    const unfinished: State[] = []
    await eachUnfinished(store, (state) => unfinished.push(state))
    for (const state of unfinished) {
      await programs.load(state.workspace, state.workflow, state.version)
      for (const work of unfinishedWork(state)) carryOut(state, work)
      for (const input of stoppedAttempts(state)) submitReport(state.id, input)
    }
    await messages.recover()
    await timers.start()
  }

  const explain = async (state: State): Promise<Why | undefined> =>
    explainState(state, await programs.load(state.workspace, state.workflow, state.version), { directory, locks })

  const stopListening = store.subscribe(() => {
    directory.reload().catch((error: unknown) => onDefect(error, 'directory'))
  }, ['user', 'group'])

  const command = async (instance: string, input: CommandInput, commandOptions: CommandOptions = {}): Promise<CommandAnswer> => {
    const state = await writer.state(instance)
    if (state === undefined)
      throw new MillraceError('NOT_FOUND', `There is no instance ${instance}. Look it up with "millrace instance list".`)
    const filled = await withInitialData(state, input)
    return idempotency.once(state.workspace, commandOptions.idempotency, async () => {
      try {
        return await writer.command({ instance, input: filled, ...unitOptions(state.workspace, commandOptions) })
      } catch (error) {
        throw await explained(error, instance, input, commandOptions)
      }
    })
  }

  /** A restart from the start takes the data the instance began with, not what its last run made of it. */
  const withInitialData = async (state: State, input: CommandInput): Promise<CommandInput> => {
    if (input.kind !== 'restart') return input
    if (input.from !== undefined) return state.kind === 'code' ? withReplay(state, input) : input
    if (input.data !== undefined) return input
    const [row] = await store.instances.facts(state.id, { limit: 1 })
    return row?.fact.t === 'created' ? { ...input, data: row.fact.data ?? {} } : input
  }

  /** For code, a restart from a step is a cut through its journal. */
  const withReplay = async (state: State, input: Extract<CommandInput, { kind: 'restart' }>): Promise<CommandInput> => {
    const facts = await allFacts(store, state.id)
    const replay = replayFrom(facts, Number(input.from))
    if (replay !== 'start') return replay === undefined ? input : { ...input, replay }
    const { from: _, ...fromStart } = input
    return fromStart
  }

  /** A refusal says what the person needs to decide anew. */
  const explained = async (error: unknown, instance: string, input: CommandInput, given: CommandOptions): Promise<unknown> => {
    if (!(error instanceof MillraceError) || error.code !== 'STATE_CHANGED') return withFirst(error, instance, input)
    const { ifFacts: _, idempotency: __, ...admission } = given
    return new MillraceError(error.code, error.message, {
      details: { ...error.details, preview: await preview(instance, input, admission) },
    })
  }

  /** Of two people who press at once the loser is told who was first and when (DESIGN 8.3). */
  const withFirst = async (error: unknown, instance: string, input: CommandInput): Promise<unknown> => {
    if (!(error instanceof MillraceError) || error.code !== 'STEP_CLOSED' || !('step' in input) || input.step === undefined) return error
    const item = await store.queries.workItem(instance, input.step)
    if (item?.decidedBy === undefined) return error
    const route = item.route === undefined ? '' : ` (${item.route})`
    return new MillraceError('STEP_CLOSED', `${item.decidedBy} has decided "${item.title}" already${route}.`, {
      details: { decidedBy: item.decidedBy, decidedAtMs: item.decidedAtMs, ...(item.route === undefined ? {} : { route: item.route }) },
    })
  }

  const envOf = ({ program }: LoadedVersion): Env => ({
    nowMs: clock.now(),
    program,
    evaluator: celEvaluator,
    people: directory,
    validate,
    newId,
  })

  const preview = async (instance: string, input: CommandInput, previewOptions: CommandOptions = {}): Promise<Preview> => {
    const state = await writer.state(instance)
    const version = state === undefined ? undefined : await programs.load(state.workspace, state.workflow, state.version)
    if (state === undefined || version === undefined)
      throw new MillraceError('NOT_FOUND', `There is no instance ${instance}. Look it up with "millrace instance list".`)
    const tryOut = (id: string, tried: CommandInput) =>
      writer.tryOut({ instance: id, input: tried, ...unitOptions(state.workspace, previewOptions) })
    return previewCommand({ env: envOf, timelines, tryOut }, state, version, await withInitialData(state, input))
  }

  const batches = openBatches({
    store,
    command,
    state: (instance) => writer.state(instance),
    newId,
    now: () => clock.now(),
    after: (ms, call) => clock.after(ms, call),
    onDefect,
  })

  const doctorPorts: DoctorPorts = {
    store,
    programs,
    directory,
    locks,
    attempts,
    deliveries,
    isAtWork: (instance) => writer.isAtWork(instance),
    now: () => clock.now(),
    carryOut: (state, work) => carryOut(state, work),
  }
  const stale = createStaleWatch(doctorPorts)
  const health = () => {
    const reason = writer.readOnlyReason
    return reason === undefined ? { ok: true, readOnly: false } : { ok: false, readOnly: true, reason }
  }

  await recover()
  await batches.recover()
  const retention = openRetention({ store, clock, onDefect })

  return {
    store,
    start: (request: StartInstance & { readonly workspace: string }, by: Actor, startOptions: CommandOptions = {}) =>
      idempotency.once(request.workspace, startOptions.idempotency, async () => {
        const ports = { store, programs, newId, now: () => clock.now() }
        const known = request.version === undefined ? programs.latest(request.workspace, request.workflow) : undefined
        const input = startInput(ports, known ?? (await requestedVersion(ports, request)), request, by)
        return writer.command({
          instance: input.id,
          input,
          mayQueue: request.queue === true,
          ...unitOptions(request.workspace, startOptions),
        })
      }),
    command,
    publish: (message, _by, { idempotency: key } = {}) =>
      idempotency.once(message.workspace, key, async () => {
        const waiting = await store.instances.waiters(message.workspace, message.name, message.key)
        const answer = { received: waiting.length }
        await writer.command({
          instance: newId(),
          publish: { ...message, atMs: clock.now() },
          ...(key === undefined ? {} : { idempotency: { workspace: message.workspace, ...key, answer } }),
        })
        return answer
      }),
    callback: async (token: string, body: JsonValue, callbackOptions: CommandOptions = {}) => {
      const { instance, step } = readCallbackToken(secret, token)
      return command(instance, { kind: 'callback', step, body }, callbackOptions)
    },
    instance: async (id: string): Promise<Instance | undefined> => {
      const state = await writer.state(id)
      if (state === undefined) return undefined
      const version = await programs.load(state.workspace, state.workflow, state.version)
      return instanceView(state, {
        version,
        why: await explain(state),
        position: locks.place(id)?.position,
        seq: await store.queries.position(),
        tokenOf: (step) => callbackToken(secret, id, step),
      })
    },
    workItem: async (id: string, by: Actor): Promise<WorkItem | undefined> => {
      const [instance = '', step = ''] = id.split('.')
      const summary = await store.queries.workItem(instance, Number(step))
      const state = summary === undefined ? undefined : await writer.state(instance)
      if (summary === undefined || state === undefined) return undefined
      const version = await programs.load(state.workspace, state.workflow, state.version)
      const history = await store.queries.history(instance, { before: Number.MAX_SAFE_INTEGER, limit: MOST_REMEMBERED })
      const changed = await changedSince(store, state, by.onBehalfOf ?? by.user, history)
      return workItemView(summary, state, version, history, { by, env: version === undefined ? undefined : envOf(version), changed })
    },
    explain: async (rows: readonly InstanceSummary[]): Promise<readonly InstanceSummary[]> => {
      const open = rows.filter((row) => !isFinal(row.status)).map((row) => row.id)
      const states = await store.instances.load(open)
      return Promise.all(
        rows.map(async (row) => {
          const state = states.get(row.id)
          if (state === undefined) return row
          const why = await explain(state)
          const position = locks.place(row.id)?.position
          return { ...row, ...(why === undefined ? {} : { why }), ...(position === undefined ? {} : { position }) }
        }),
      )
    },
    why: async (instance: string) => {
      const state = await writer.state(instance)
      return state === undefined ? undefined : explain(state)
    },
    preview,
    timeline: async (instance: string, window: TimelineWindow): Promise<Timeline> => {
      const state = await writer.state(instance)
      if (state === undefined)
        throw new MillraceError('NOT_FOUND', `There is no instance ${instance}. Look it up with "millrace instance list".`)
      return timelines.window(state, await programs.load(state.workspace, state.workflow, state.version), window)
    },
    syncModel: (workspace: string, id: string, by: Actor, note?: string): Promise<SyncAnswer> =>
      syncModel(
        { store, programs, tasks, directory, now: () => clock.now() },
        { workspace, id, by, ...(note === undefined ? {} : { note }) },
      ),
    checkModel: async (workspace: string, text: string) => {
      const { model: _, ...answer } = await checkText({ store, tasks, directory }, { workspace, text, file: 'model' })
      return answer
    },
    diffModel: (workspace: string, id: string, from: number | 'draft', to: number | 'draft') =>
      diffModel({ store, tasks, directory }, { workspace, id, from, to }),
    impact: (workspace: string, id: string) => impactOf({ store, tasks, directory }, workspace, id),
    syncCode: (workspace: string, bundle: CodeBundle, by: Actor, note?: string): Promise<SyncAnswer> =>
      syncCode({ store, programs, tasks, now: () => clock.now() }, { workspace, bundle, by, ...(note === undefined ? {} : { note }) }),
    batches: batches.api,
    incidentGroups: (workspace, filter, page) => incidentGroupsView({ store, programs }, workspace, filter, page),
    locks: async (workspace: string): Promise<readonly Lock[]> => locksView(store, locks, workspace),
    tasks: (): readonly TaskInfo[] => tasks.list(),
    doctor: (doctorOptions): Promise<DoctorReport> => doctor(doctorPorts, doctorOptions),
    operate: (workspace) => operate({ store, programs, stale, health, now: () => clock.now() }, workspace),
    // A turn of the loop later: by then what this host answers from memory is what was committed.
    subscribe: (listener: (events: readonly FeedEvent[]) => void, nouns?: readonly string[]) =>
      store.subscribe((events) => setImmediate(listener, events), nouns),
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

const unitOptions = (workspace: string, options: CommandOptions) => ({
  ...(options.idempotency === undefined ? {} : { idempotency: { workspace, ...options.idempotency } }),
  ...(options.force === undefined ? {} : { force: options.force }),
  ...(options.queue === undefined ? {} : { mayQueue: options.queue }),
  ...(options.ifFacts === undefined ? {} : { ifFacts: options.ifFacts }),
})

/** Last facts a work item's page is made of: its thread, its way so far, what changed. What lies further back is in the history. */
const MOST_REMEMBERED = 1_000

/** Signs callback addresses; made once and kept with the data. */
const hostSecret = async (store: Store): Promise<Buffer> => {
  const kept = await store.maintenance.setting('secret')
  if (typeof kept === 'string') return Buffer.from(kept, 'base64url')
  const secret = randomBytes(32)
  await store.maintenance.saveSetting('secret', secret.toString('base64url'))
  return secret
}

/** Hash of a command's body for `Idempotency-Key`. */
export const bodyHash = (body: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(body ?? null))
    .digest('base64url')
