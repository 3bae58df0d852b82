/**
 * The writer: one loop, one transaction per tick (DESIGN 5.1). Units that arrived since the last tick are decided in memory in arrival order, each on the
 * state the one before left; then everything goes to the store in one transaction; then callers are answered and effects run.
 *
 * Owns: the queue, the order per instance, what is committed together, what happens when a commit fails. Does not own: what a unit means (piece.ts,
 * kernel), what runs after COMMIT (effects/), rows (store).
 *
 * Invariants:
 * I1. Nobody is answered and no effect runs before COMMIT.
 * I2. Units of one instance are decided in the order they were submitted; a piece that waits for its code keeps the later ones waiting.
 * I3. A failed commit drops every state decided in it; its units run again one per transaction, so that the culprit fails alone.
 * I4. The fsync is the batching window: there is no timer and no artificial delay.
 */
import { type Input, isFinal, type State } from '@millrace/kernel'
import { type CommandAnswer, type KeptMessage, MillraceError, type Store } from '@millrace/protocol'
import type { Clock } from '../clock.ts'
import type { Programs } from '../programs.ts'
import { asMillraceError } from '../refused.ts'
import { Missing, type MissingThing } from './missing.ts'
import { type Change, extend, type LateEffect, Piece, type Surroundings } from './piece.ts'
import { StateCache } from './state-cache.ts'
import type { Unit } from './unit.ts'

/** Units decided in one tick: at 200,000 decisions a second this is 10 ms, about two fsyncs. */
const MAX_TICK_UNITS = 2_000
/** Commands that may wait; beyond it callers are told to come again rather than kept waiting. */
const MAX_QUEUE = 100_000
/** How often a full disk is tried again. */
const PROBE_EVERY_MS = 1_000
/** Passes over units that needed something loaded; each loads all that is missing, so a chain of children needs the most. */
const MAX_PASSES = 64

export interface WriterPorts extends Omit<Surroundings, 'stateOf' | 'isParked'> {
  readonly store: Store
  readonly clock: Clock
  readonly programs: Programs
  /** Runs what may only happen after COMMIT. */
  readonly afterCommit: (late: readonly LateEffect[], changes: ReadonlyMap<string, Change>) => void
  /** Runs work of a piece before its commit: code, or the attempts of a transient instance. Undefined = nothing to wait for. */
  readonly beforeCommit: (piece: Piece) => Promise<Input> | undefined
  /** What the code of this instance has heard is not what is written: it must begin from its journal again. */
  readonly forget: (instance: string) => void
  /** Messages were kept by a commit. */
  readonly onKept: (kept: readonly KeptMessage[]) => void
  /** The lock table no longer matches the store. */
  readonly reloadLocks: () => Promise<void>
  readonly onDefect: (error: unknown, about: string) => void
}

export class Writer {
  readonly #ports: WriterPorts
  readonly #states: StateCache
  readonly #around: Surroundings
  #queue: Unit[] = []
  /** Pieces whose code has answered, with the input that came; without one where the code could not be asked. */
  #woken: Woken[] = []
  /** Pieces parked in this tick: they rest on what it decided, which may not come true. */
  #parkedNow: Piece[] = []
  /** Parked pieces that rest on a state that was never written. */
  readonly #unfounded = new Set<Piece>()
  /** Units that wait for a piece of their instance. */
  readonly #parked = new Map<string, Unit[]>()
  /** Units of a failed commit, to run one per transaction. */
  #alone: Unit[] = []
  #isTicking = false
  #isScheduled = false
  #isClosed = false
  #isStopped = false
  #readOnly: string | undefined
  /** Refusals of this tick: they may rest on what it decided, so they are told after its commit too (I1). */
  #refusals: { readonly unit: Unit; readonly error: unknown }[] = []
  /** Time of the tick in the making. */
  #tickMs = 0
  /** After-states of the tick in the making. */
  #deciding = new Map<string, State>()
  #idle: (() => void)[] = []
  readonly counts = { ticks: 0, units: 0, facts: 0 }

  constructor(ports: WriterPorts, states = new StateCache()) {
    this.#ports = ports
    this.#states = states
    this.#around = {
      programs: ports.programs,
      directory: ports.directory,
      locks: ports.locks,
      newId: ports.newId,
      stateOf: (instance) => this.#deciding.get(instance) ?? this.#states.get(instance),
      isParked: (instance) => this.#parked.has(instance),
    }
  }

  /** Adds a unit. @throws MillraceError STORE_FULL, HOST_STOPPING or OVERLOADED for commands, at once. */
  submit(unit: Unit): void {
    // What ends because the host stops has not failed: it runs again after the next start.
    if (this.#isStopped && unit.isReport) return
    if (!unit.isReport) this.#assertOpen()
    this.#queue.push(unit)
    this.#schedule()
  }

  /** Submits a command and waits for its commit. */
  command(unit: Omit<Unit, 'resolve' | 'reject' | 'isReport'>): Promise<CommandAnswer> {
    return new Promise((resolve, reject) => this.submit({ ...unit, isReport: false, resolve, reject }))
  }

  /**
   * Decides a unit on copies and takes it back: what it would change, of its own and of other instances, on the state as committed.
   *
   * @throws what the unit would be refused with
   */
  async tryOut(unit: Omit<Unit, 'isReport'>): Promise<ReadonlyMap<string, Change>> {
    const loaded = new Map<string, State>()
    const around = { ...this.#around, stateOf: (id: string) => this.#states.get(id) ?? loaded.get(id), isParked: () => false }
    for (let pass = 0; pass < MAX_PASSES; pass++) {
      const piece = new Piece({ ...unit, isReport: false }, around, this.#ports.clock.now())
      try {
        piece.decide()
        piece.undo()
        return piece.changes
      } catch (error) {
        if (!(error instanceof Missing)) throw asMillraceError(error)
        await this.#fetch(error.what, loaded)
      }
    }
    throw new Error(`A unit of instance ${unit.instance} needs more than ${MAX_PASSES} passes to be tried out.`)
  }

  async #fetch(thing: MissingThing, into: Map<string, State>): Promise<void> {
    if ('program' in thing) await this.#ports.programs.load(thing.program.workspace, thing.program.workflow, thing.program.version)
    if (!('state' in thing)) return
    const state = await this.state(thing.state)
    if (state === undefined)
      throw new MillraceError('NOT_FOUND', `There is no instance ${thing.state}. Look it up with "millrace instance list".`)
    into.set(state.id, state)
    await this.#ports.programs.load(state.workspace, state.workflow, state.version)
  }

  /** State as committed, from memory or the store. */
  async state(instance: string): Promise<State | undefined> {
    return this.#states.get(instance) ?? (await this.#ports.store.instances.load([instance])).get(instance)
  }

  get readOnlyReason(): string | undefined {
    return this.#readOnly
  }

  get queueLength(): number {
    return this.#queue.length
  }

  get statesInMemory(): number {
    return this.#states.size
  }

  /** Resolves when nothing is queued or being decided. Pieces that wait for code or tasks do not count. */
  whenIdle(): Promise<void> {
    if (!this.#isTicking && this.#queue.length === 0 && this.#woken.length === 0 && this.#alone.length === 0) return Promise.resolve()
    return new Promise((resolve) => this.#idle.push(resolve))
  }

  /** Refuses new commands, finishes what is queued. */
  async close(): Promise<void> {
    this.#isClosed = true
    if (this.#readOnly === undefined) await this.whenIdle()
    this.#isStopped = true
  }

  /** Something of this instance is being decided, written, or waits for its turn or its code. */
  isAtWork(instance: string): boolean {
    const isOf = (unit: Unit): boolean => unit.instance === instance
    return this.#parked.has(instance) || this.#deciding.has(instance) || this.#queue.some(isOf) || this.#alone.some(isOf)
  }

  #assertOpen(): void {
    if (this.#isClosed) throw new MillraceError('HOST_STOPPING', 'The host is shutting down; send the command again when it is back.')
    if (this.#readOnly !== undefined) throw new MillraceError('STORE_FULL', this.#readOnly)
    if (this.#queue.length >= MAX_QUEUE)
      throw new MillraceError('OVERLOADED', `More than ${MAX_QUEUE} commands wait. Nothing was done; try again in a moment.`)
  }

  #schedule(): void {
    if (this.#isTicking || this.#isScheduled || this.#readOnly !== undefined) return
    this.#isScheduled = true
    // After the poll phase: every request that has arrived by now joins this tick (I4).
    setImmediate(() => {
      this.#isScheduled = false
      this.#tick().catch((error: unknown) => this.#ports.onDefect(error, 'tick'))
    })
  }

  async #tick(): Promise<void> {
    if (this.#isTicking) return
    this.#isTicking = true
    try {
      const woken = this.#woken.splice(0)
      const isAlone = this.#alone.length > 0
      const units = isAlone ? this.#alone.splice(0, 1) : this.#queue.splice(0, MAX_TICK_UNITS)
      const pieces = await this.#decideAll(woken, units)
      const refusals = this.#refusals.splice(0)
      const isCommitted = await this.#commit(pieces)
      this.#deciding.clear()
      if (!isCommitted) for (const piece of this.#parkedNow) if (restsOnAState(piece)) this.#unfounded.add(piece)
      this.#parkedNow = []
      if (isCommitted) for (const { unit, error } of refusals) this.#refuse(unit, error)
      else if (this.#readOnly === undefined) this.#alone.push(...refusals.map(({ unit }) => unit))
      else for (const { unit } of refusals) this.#turnAway(unit)
    } finally {
      this.#isTicking = false
      if (this.#queue.length > 0 || this.#woken.length > 0 || this.#alone.length > 0) this.#schedule()
      else for (const resolve of this.#idle.splice(0)) resolve()
    }
  }

  async #decideAll(woken: readonly Woken[], units: readonly Unit[]): Promise<readonly Piece[]> {
    const nowMs = this.#ports.clock.now()
    this.#tickMs = nowMs
    const done: Piece[] = []
    await this.#preload(units)
    for (const each of woken) this.#wake(each, done)
    let waiting: readonly Unit[] = units
    for (let pass = 0; waiting.length > 0; pass++) {
      const missing: MissingThing[] = []
      // Order per instance: what follows a unit that must wait, waits too (I2).
      const behind = new Set<string>()
      const later: Unit[] = []
      for (const unit of waiting) {
        const lane = this.#parked.get(unit.instance)
        if (lane !== undefined) {
          lane.push(unit)
          continue
        }
        if (behind.has(unit.instance)) {
          later.push(unit)
          continue
        }
        const thing = this.#decideOne(unit, nowMs, done)
        if (thing === undefined) continue
        behind.add(unit.instance)
        if ('parked' in thing) this.#parked.get(thing.parked)?.push(unit)
        else {
          missing.push(thing)
          later.push(unit)
        }
      }
      if (later.length === 0) break
      if (pass >= MAX_PASSES) {
        for (const unit of later) this.#refuse(unit, new Error(`Unit of instance ${unit.instance} needs more than ${MAX_PASSES} passes.`))
        break
      }
      await this.#load(missing)
      waiting = later.filter((unit) => unit.input?.kind === 'start' || unit.input === undefined || this.#isLoadable(unit))
    }
    return done
  }

  /**
   * The code has answered. Where its calls need what is not in memory or waits for code of its own, what led to them is committed first, and they come as a
   * report: it can wait its turn, as a piece that keeps its instance cannot.
   */
  #wake({ piece, input }: Woken, done: Piece[]): void {
    const { instance } = piece.unit
    // I3: decided again, on what is true.
    if (this.#unfounded.delete(piece)) {
      this.#disown(piece)
      return this.#unpark(instance, [piece.unit])
    }
    if (input !== undefined && this.#finish(piece, () => piece.apply(instance, input), done) === undefined) return
    this.#unpark(instance, input === undefined ? [] : [{ instance, input, isReport: true }])
    this.#finished(piece, done)
  }

  /** A unit for an instance that does not exist is answered, not tried for ever. */
  #isLoadable(unit: Unit): boolean {
    if (this.#around.stateOf(unit.instance) !== undefined || !this.#absent.has(unit.instance)) return true
    this.#refuse(unit, new MillraceError('NOT_FOUND', `There is no instance ${unit.instance}. Look it up with "millrace instance list".`))
    return false
  }

  readonly #absent = new Set<string>()

  async #preload(units: readonly Unit[]): Promise<void> {
    const ids: string[] = []
    for (const unit of units) {
      if (unit.input !== undefined && unit.input.kind !== 'start' && this.#states.get(unit.instance) === undefined) ids.push(unit.instance)
    }
    if (ids.length > 0) await this.#loadStates(ids)
  }

  async #load(missing: readonly MissingThing[]): Promise<void> {
    const ids = missing.flatMap((thing) => ('state' in thing ? [thing.state] : []))
    if (ids.length > 0) await this.#loadStates(ids)
    for (const thing of missing) {
      if ('program' in thing) await this.#ports.programs.load(thing.program.workspace, thing.program.workflow, thing.program.version)
    }
  }

  async #loadStates(ids: readonly string[]): Promise<void> {
    this.#absent.clear()
    const loaded = await this.#ports.store.instances.load([...new Set(ids)])
    // Loaded for this tick: they must outlive the cache's limit until it is committed.
    for (const id of ids) {
      const state = loaded.get(id)
      if (state === undefined) this.#absent.add(id)
      else if (!this.#deciding.has(id)) this.#deciding.set(id, state)
    }
    const programs = new Map<string, State>()
    for (const state of loaded.values()) programs.set(`${state.workspace}/${state.workflow}@${state.version}`, state)
    for (const { workspace, workflow, version } of programs.values()) await this.#ports.programs.load(workspace, workflow, version)
  }

  /** @returns what is missing, when the unit must be decided again. */
  #decideOne(unit: Unit, nowMs: number, done: Piece[]): MissingThing | undefined {
    const piece = new Piece(unit, this.#around, nowMs)
    return this.#finish(piece, () => piece.decide(), done)
  }

  #finish(piece: Piece, decide: () => void, done: Piece[]): MissingThing | undefined {
    try {
      decide()
    } catch (error) {
      if (error instanceof Missing) return error.what
      this.#disown(piece)
      this.#unpark(piece.unit.instance)
      this.#refusals.push({ unit: piece.unit, error: asMillraceError(error) })
      return undefined
    }
    if (!this.#park(piece)) {
      this.#unpark(piece.unit.instance)
      this.#finished(piece, done)
    }
    return undefined
  }

  #finished(piece: Piece, done: Piece[]): void {
    piece.outcome = piece.changes.get(piece.unit.instance)?.after
    for (const change of piece.changes.values()) this.#deciding.set(change.after.id, change.after)
    done.push(piece)
  }

  /** Lets the piece's code (or its transient tasks) run before its commit, while others go on. */
  #park(piece: Piece): boolean {
    const work = this.#ports.beforeCommit(piece)
    if (work === undefined) return false
    const { instance } = piece.unit
    if (!this.#parked.has(instance)) this.#parked.set(instance, [])
    this.#parkedNow.push(piece)
    piece.hasAskedCode = true
    work.then(
      (input) => {
        this.#woken.push({ piece, input })
        this.#schedule()
      },
      (error: unknown) => {
        this.#disown(piece)
        if (!piece.unit.isReport || this.#isStopped) {
          this.#unfounded.delete(piece)
          this.#unpark(instance)
          return this.#refuse(piece.unit, error)
        }
        // A result that came is not lost with it: it is written, and the code is asked again after the next start, or by doctor.
        this.#ports.onDefect(error, `code of instance ${instance}`)
        this.#woken.push({ piece, input: undefined })
        this.#schedule()
      },
    )
    return true
  }

  /** A piece that will not be written: its code knows more than is true. */
  #disown(piece: Piece): void {
    if (piece.hasAskedCode) this.#ports.forget(piece.unit.instance)
  }

  /** Lets the units go on that wait for a piece of this instance, after those of `first`. */
  #unpark(instance: string, first: readonly Unit[] = []): void {
    const lane = this.#parked.get(instance) ?? []
    this.#parked.delete(instance)
    if (first.length > 0 || lane.length > 0) this.#queue.unshift(...first, ...lane)
  }

  #refuse(unit: Unit, error: unknown): void {
    if (unit.reject !== undefined) unit.reject(error)
    else if (!(error instanceof MillraceError))
      this.#ports.onDefect(error, `report ${unit.input?.kind ?? 'message'} for instance ${unit.instance}`)
  }

  /** @returns whether what was decided is now true. */
  async #commit(pieces: readonly Piece[]): Promise<boolean> {
    if (pieces.length === 0) return true
    const changes = new Map<string, Change>()
    const keptMessages: KeptMessage[] = []
    const takenMessages: number[] = []
    const answers = []
    for (const piece of pieces) {
      merge(changes, piece)
      if (piece.keptMessages.length > 0) keptMessages.push(...piece.keptMessages)
      const { unit } = piece
      if (unit.takes !== undefined) takenMessages.push(unit.takes)
      if (unit.idempotency !== undefined) {
        const { answer = piece.answer, ...key } = unit.idempotency
        if (answer === undefined) answers.push({ ...key, answer: this.#answerOf(piece, changes, 0) as never, tellsPosition: true as const })
        else answers.push({ ...key, answer: answer as never })
      }
    }
    let position = 0
    if (changes.size > 0 || keptMessages.length > 0 || takenMessages.length > 0 || answers.length > 0) {
      try {
        const written = await this.#ports.store.instances.commit({
          // The time the tick was decided at: facts of it need not carry their own.
          atMs: this.#tickMs,
          changes: [...changes.values()],
          keptMessages,
          takenMessages,
          answers,
        })
        position = written.position
      } catch (error) {
        await this.#commitFailed(error, pieces)
        return false
      }
    }
    this.counts.ticks++
    this.counts.units += pieces.length
    for (const change of changes.values()) {
      this.counts.facts += change.facts.length
      if (isFinal(change.after.status)) this.#states.delete(change.after.id)
      else this.#states.set(change.after)
    }
    for (const piece of pieces) piece.unit.resolve?.(this.#answerOf(piece, changes, position))
    const late: LateEffect[] = []
    for (const piece of pieces) for (const effect of piece.late) late.push(effect)
    this.#ports.afterCommit(late, changes)
    if (keptMessages.length > 0) this.#ports.onKept(keptMessages)
    return true
  }

  #answerOf(piece: Piece, changes: ReadonlyMap<string, Change>, seq: number): CommandAnswer {
    if (piece.answer !== undefined) return piece.answer
    const { instance } = piece.unit
    const state = piece.outcome ?? changes.get(instance)?.after ?? this.#around.stateOf(instance)
    const position = this.#ports.locks.place(instance)?.position
    return {
      id: instance,
      status: state?.status ?? 'COMPLETED',
      run: state?.run ?? 1,
      facts: state?.facts ?? 0,
      seq,
      ...(position === undefined || state?.status !== 'QUEUED' ? {} : { position }),
    }
  }

  /** I3. Nothing was written: forget what was decided, and find the culprit by running the units one by one. */
  async #commitFailed(error: unknown, pieces: readonly Piece[]): Promise<void> {
    for (const piece of pieces) {
      this.#disown(piece)
      for (const id of piece.changes.keys()) this.#states.delete(id)
    }
    this.#deciding.clear()
    await this.#ports.reloadLocks()
    const units = pieces.map((piece) => piece.unit)
    if (error instanceof MillraceError && error.code === 'STORE_FULL') return this.#becomeReadOnly(error, units)
    const [only] = units
    if (units.length === 1 && only !== undefined) {
      this.#refuse(only, error)
      if (only.reject !== undefined) this.#ports.onDefect(error, `commit of ${only.input?.kind ?? 'message'} for instance ${only.instance}`)
      return
    }
    this.#alone.push(...units)
  }

  /** A full disk: commands are refused, reports wait, until a probe write succeeds. */
  #becomeReadOnly(error: MillraceError, units: readonly Unit[]): void {
    this.#readOnly =
      'The disk is full: Millrace is read-only until there is room. Nothing was lost; free some space and send the command again.'
    for (const unit of [...units, ...this.#queue.splice(0)]) this.#turnAway(unit, error)
    this.#probe()
  }

  #turnAway(unit: Unit, cause?: unknown): void {
    if (unit.isReport) this.#queue.push(unit)
    else this.#refuse(unit, new MillraceError('STORE_FULL', this.#readOnly ?? 'The disk is full.', { cause }))
  }

  #probe(): void {
    this.#ports.clock.after(PROBE_EVERY_MS, () => {
      if (this.#isClosed) return
      this.#ports.store.maintenance.saveSetting('probe', this.#ports.clock.now()).then(
        () => {
          this.#readOnly = undefined
          this.#schedule()
        },
        () => this.#probe(),
      )
    })
  }
}

/** All but starts: what they decide rests on nothing. */
const restsOnAState = (piece: Piece): boolean => {
  for (const change of piece.changes.values()) if (change.before !== undefined) return true
  return false
}

interface Woken {
  readonly piece: Piece
  readonly input: Input | undefined
}

const merge = (changes: Map<string, Change>, piece: Piece): void => {
  for (const [id, change] of piece.changes) {
    const earlier = changes.get(id)
    if (earlier === undefined) changes.set(id, change)
    else extend(earlier, change)
  }
}
