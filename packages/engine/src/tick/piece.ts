/**
 * A piece: what one unit changes, decided on copies. It fails alone, and touches nothing shared until it is merged into the tick.
 *
 * Owns: the overlay of states, the effects inside the transaction (children, parents, locks), what must be taken back when the unit fails.
 * Does not own: when it is written (writer.ts), what runs after COMMIT (effects/).
 *
 * Invariants:
 * I1. A piece that throws has undone its changes to the lock table.
 * I2. All instances it changes are written in one transaction.
 * I3. Code gets one delivery at a time: `delivery` is the one that waits for the function's calls.
 */
import {
  type ChildStart,
  type Delivery,
  decide,
  type Effect,
  type Env,
  type Fact,
  type Input,
  isFinal,
  type LockRequest,
  type Program,
  Refusal,
  type State,
  SYSTEM,
} from '@millrace/kernel'
import { celEvaluator } from '@millrace/model'
import { type CommandAnswer, type KeptMessage, MillraceError } from '@millrace/protocol'
import type { Directory } from '../directory.ts'
import type { LockTable } from '../locks/lock-table.ts'
import type { LoadedVersion, Programs } from '../programs.ts'
import { validate } from '../validate.ts'
import { Missing } from './missing.ts'
import type { Unit } from './unit.ts'

/** What a decision needs of the host. */
export interface Surroundings {
  readonly programs: Programs
  readonly directory: Directory
  readonly locks: LockTable
  readonly newId: () => string
  /** Committed state, or the one this tick has already decided; undefined when it is not in memory. */
  readonly stateOf: (instance: string) => State | undefined
  /** A piece of this instance waits for its code: others must wait for it. */
  readonly isParked: (instance: string) => boolean
}

/** An `InstanceChange` in the making. */
export interface Change {
  readonly before?: State
  after: State
  facts: readonly Fact[]
}

/** An effect that runs after COMMIT. */
export interface LateEffect {
  readonly instance: string
  readonly effect: Extract<Effect, { readonly kind: 'attempt' | 'abort' | 'deliver' | 'forget' | 'notify' }>
}

/** Deepest chain of children starting children in one decision; more is a model that contains itself. */
const MAX_CHILD_DEPTH = 32

export class Piece {
  readonly unit: Unit
  readonly changes = new Map<string, Change>()
  readonly late: LateEffect[] = []
  readonly keptMessages: KeptMessage[] = []
  /** State of the unit's own instance when the piece was done: what its caller is told, whatever the tick does to it later. */
  outcome: State | undefined
  /** A transient instance that ended: nothing is written, this is the answer. */
  answer: CommandAnswer | undefined
  /** Its code has heard of what it decides, which is not true before it is written. */
  hasAskedCode = false
  /** Set when the code must run before this piece can be committed. */
  delivery: { readonly instance: string; readonly delivery: Delivery } | undefined
  readonly #around: Surroundings
  readonly #nowMs: number
  readonly #undo: (() => void)[] = []
  #depth = 0

  constructor(unit: Unit, around: Surroundings, nowMs: number) {
    this.unit = unit
    this.#around = around
    this.#nowMs = nowMs
  }

  /** Changed more than its own instance: locks or other instances. Such a piece is committed before its code runs. */
  get isShared(): boolean {
    return this.#undo.length > 0 || this.changes.size > 1 || this.keptMessages.length > 0
  }

  /** @throws Refusal or MillraceError after taking back what it changed outside itself; Missing when something must be loaded first. */
  decide(): void {
    const { unit } = this
    if (unit.publish !== undefined) this.keptMessages.push(unit.publish)
    if (unit.input === undefined) return
    if (unit.ifFacts !== undefined) this.#assertUnchanged(unit.instance, unit.ifFacts)
    this.apply(unit.instance, unit.input)
  }

  /** Decides one more input of this piece, with all that follows inside the transaction. One that throws leaves the piece as it was before. */
  apply(instance: string, input: Input): void {
    const back = this.#mark()
    try {
      this.#decide(instance, input)
    } catch (error) {
      this.undo()
      back()
      throw error
    }
  }

  /** How to take back what is recorded from here on; most pieces apply one input, with nothing before it. */
  #mark(): () => void {
    const { delivery } = this
    const late = this.late.length
    const kept = this.keptMessages.length
    const before = this.changes.size === 0 ? undefined : [...this.changes].map(([id, change]) => [id, { ...change }] as const)
    return () => {
      this.delivery = delivery
      this.late.length = late
      this.keptMessages.length = kept
      this.changes.clear()
      for (const [id, change] of before ?? []) this.changes.set(id, change)
    }
  }

  undo(): void {
    for (const undo of this.#undo.reverse()) undo()
    this.#undo.length = 0
  }

  state(instance: string): State | undefined {
    return this.changes.get(instance)?.after ?? this.#around.stateOf(instance)
  }

  #decide(instance: string, raw: Input): void {
    const before = raw.kind === 'start' ? undefined : this.#need(instance)
    const program = raw.kind === 'start' ? this.#programOf(raw.workspace, raw.workflow, raw.version) : this.#programOfState(before)
    const input = this.#withAdmission(raw, before, program)
    const decision = decide(before, input, this.#env(program))
    if (decision.facts.length > 0) this.#record(instance, before, decision.state, decision.facts)
    for (const effect of decision.effects) this.#carryOut(instance, effect)
  }

  #assertUnchanged(instance: string, facts: number): void {
    const state = this.#need(instance)
    if (state.facts === facts) return
    throw new MillraceError(
      'STATE_CHANGED',
      `Instance ${instance} has gone on since you saw it: it had ${facts} facts, now ${state.facts}. Nothing was done; look again.`,
      { details: { facts: state.facts } },
    )
  }

  #record(instance: string, before: State | undefined, after: State, facts: readonly Fact[]): void {
    const change = this.changes.get(instance)
    if (change === undefined) this.changes.set(instance, before === undefined ? { after, facts } : { before, after, facts })
    else extend(change, { after, facts })
  }

  #need(instance: string): State {
    const changed = this.changes.get(instance)
    if (changed !== undefined) return changed.after
    if (this.#around.isParked(instance) && instance !== this.unit.instance) throw new Missing({ parked: instance })
    const state = this.#around.stateOf(instance)
    if (state === undefined) throw new Missing({ state: instance })
    return state
  }

  #programOfState(state: State | undefined): Program {
    if (state === undefined) throw new Error('A state is needed to find its program.')
    return this.#programOf(state.workspace, state.workflow, state.version)
  }

  #programOf(workspace: string, workflow: string, version: number): Program {
    const loaded = this.#around.programs.get(workspace, workflow, version)
    if (loaded === undefined) throw new Missing({ program: { workspace, workflow, version } })
    return loaded.program
  }

  #env(program: Program): Env {
    return { nowMs: this.#nowMs, program, evaluator: celEvaluator, people: this.#around.directory, validate, newId: this.#around.newId }
  }

  /** Starts, scheduled starts, restarts and resumes of ended instances ask for their locks first (DESIGN 4.4). */
  #withAdmission(input: Input, before: State | undefined, program: Program): Input {
    switch (input.kind) {
      case 'start':
        if (input.startAtMs !== undefined && input.startAtMs > this.#nowMs) return { ...input, status: 'SCHEDULED' }
        return {
          ...input,
          // A child waits in line: whoever started its parent was asked about the parent's locks only.
          status: this.#admission(
            this.#requestOf(input.id, input.workspace, input.locks ?? [], input.force === true, input.parent?.instance),
            input.parent !== undefined || this.unit.mayQueue !== false,
          ),
        }
      case 'timer':
        if (before?.status !== 'SCHEDULED' || before.startAtMs === undefined || before.startAtMs > this.#nowMs) return input
        return { kind: 'fall-due', status: this.#admission(this.#requestOfState(before), true) }
      case 'restart':
      case 'resume':
        if (before === undefined || !isFinal(before.status)) return input
        // A refused restart must not take a lock: the kernel is asked first.
        decide(before, input, this.#env(program))
        return { ...input, status: this.#admission(this.#requestOfState(before)) }
      default:
        return input
    }
  }

  #requestOfState(state: State): LockRequest {
    return this.#requestOf(state.id, state.workspace, state.locks, state.force === true || this.unit.force === true, state.parent?.instance)
  }

  #requestOf(instance: string, workspace: string, locks: readonly string[], force: boolean, parent: string | undefined): LockRequest {
    const root = parent === undefined ? undefined : this.#rootOf(parent)
    return { instance, workspace, locks, force, ...(root === undefined ? {} : { root }) }
  }

  #rootOf(instance: string): string {
    let current = instance
    for (let depth = 0; depth < MAX_CHILD_DEPTH; depth++) {
      const parent = this.#need(current).parent?.instance
      if (parent === undefined) return current
      current = parent
    }
    return current
  }

  #admission(request: LockRequest, mayQueue = this.unit.mayQueue !== false): 'RUNNING' | 'QUEUED' {
    if (request.locks.length === 0) return 'RUNNING'
    const { admission, undo } = this.#around.locks.request(request, { mayQueue })
    if (admission.kind === 'refuse') {
      const [first] = admission.blockers
      const hint =
        first?.lock.startsWith('deployment:') === true && !first.isQueued
          ? 'Queue behind it (--queue), or start anyway with --force.'
          : 'Queue behind it (--queue), or try again when it has ended.'
      const what = first === undefined ? 'another instance' : `${first.isQueued ? 'queued' : 'running'} instance ${first.instance}`
      throw new MillraceError('LOCK_HELD', `Cannot start: lock ${first?.lock ?? ''} is kept by ${what}. ${hint}`, {
        details: { blockers: admission.blockers.map(({ instance, lock, isQueued }) => ({ instance, lock, queued: isQueued })) },
      })
    }
    this.#undo.push(undo)
    return admission.kind === 'start' ? 'RUNNING' : 'QUEUED'
  }

  #carryOut(instance: string, effect: Effect): void {
    switch (effect.kind) {
      case 'start-child':
        return this.#startChild(instance, effect)
      case 'tell':
        return this.#tell(effect.instance, effect.input)
      case 'release':
        return this.#release(instance)
      case 'publish': {
        const workspace = this.#need(instance).workspace
        const { name, key, body } = effect
        this.keptMessages.push({ workspace, name, body, atMs: this.#nowMs, ...(key === undefined ? {} : { key }) })
        return
      }
      case 'deliver':
        if (this.delivery !== undefined) throw new Error(`Two deliveries at once for instance ${instance}.`)
        if (instance === this.unit.instance) this.delivery = { instance, delivery: effect.delivery }
        else this.late.push({ instance, effect })
        return
      default:
        this.late.push({ instance, effect })
    }
  }

  #release(instance: string): void {
    const { admitted, undo } = this.#around.locks.release(instance)
    this.#undo.push(undo)
    for (const next of admitted) this.#decide(next.instance, { kind: 'admit' })
  }

  /** To another instance in the same transaction; one that has moved on meanwhile needs no telling. */
  #tell(instance: string, input: Input): void {
    try {
      this.#decide(instance, input)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
  }

  #startChild(parent: string, effect: Extract<Effect, { readonly kind: 'start-child' }>): void {
    const { step, start } = effect
    const state = this.#need(parent)
    this.#depth++
    try {
      this.#beginChild(start, { parent: state, step })
    } catch (error) {
      const isRefused =
        error instanceof Refusal || (error instanceof MillraceError && (error.code === 'LOCK_HELD' || error.code === 'CHILD_FAILED'))
      if (!isRefused) throw error
      this.#decide(parent, { kind: 'child-refused', step, error: { code: error.code, message: error.message } })
    } finally {
      this.#depth--
    }
  }

  /** @throws MillraceError CHILD_FAILED, LOCK_HELD, or the kernel's refusal */
  #beginChild(start: ChildStart, { parent, step }: { readonly parent: State; readonly step: number }): void {
    if (this.#depth > MAX_CHILD_DEPTH)
      throw new MillraceError(
        'CHILD_FAILED',
        `Children are nested deeper than ${MAX_CHILD_DEPTH}. The workflow starts itself without an end.`,
      )
    const version = this.#versionOf(parent.workspace, start.workflow, start.version)
    if (version === undefined) {
      const which = start.version === 'latest' ? '' : ` with version ${start.version}`
      throw new MillraceError('CHILD_FAILED', `There is no workflow ${start.workflow}${which} to start as a child. Sync it, then retry.`)
    }
    this.#decide(start.id, {
      kind: 'start',
      id: start.id,
      workspace: parent.workspace,
      workflow: start.workflow,
      version: version.version,
      payload: start.payload,
      data: start.data,
      by: { ...SYSTEM, user: parent.initiator },
      parent: { instance: parent.id, step },
      priority: parent.priority,
      locks: version.program.locks,
      simulate: parent.simulate === true,
      ...(start.input === undefined ? {} : { input: start.input }),
      ...(start.title === undefined ? {} : { title: start.title }),
    })
  }

  #versionOf(workspace: string, workflow: string, version: number | 'latest'): LoadedVersion | undefined {
    const { programs } = this.#around
    const loaded = version === 'latest' ? programs.latest(workspace, workflow) : programs.get(workspace, workflow, version)
    if (loaded !== undefined) return loaded
    if (programs.isKnownAbsent(workspace, workflow, version)) return undefined
    throw new Missing({ program: { workspace, workflow, ...(version === 'latest' ? {} : { version }) } })
  }
}

/** What a later decision adds to a change of the same instance. */
export const extend = (change: Change, later: { readonly after: State; readonly facts: readonly Fact[] }): void => {
  change.after = later.after
  change.facts = [...change.facts, ...later.facts]
}
