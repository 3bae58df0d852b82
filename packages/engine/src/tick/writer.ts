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
 * I3. A failed tick drops every state decided in it; its units run again in their order, one per transaction, so that the culprit fails alone.
 * I4. The fsync is the batching window: there is no timer and no artificial delay.
 */
import { type Input, isFinal, type State } from '@millrace/kernel'
import { type CommandAnswer, type KeptMessage, MillraceError, type Store } from '@millrace/protocol'
import type { Clock } from '../clock.ts'
import type { Programs } from '../programs.ts'
import { asMillraceError, noInstance } from '../refused.ts'
import { Loading } from './loading.ts'
import { Missing, type MissingThing } from './missing.ts'
import { Parking, type Woken } from './parking.ts'
import { MAX_PASSES, tooManyPasses } from './passes.ts'
import { type Change, type LateEffect, Piece, type Surroundings } from './piece.ts'
import { ReadOnly } from './read-only.ts'
import { StateCache } from './state-cache.ts'
import { type TickWrite, tickWriteOf } from './tick-write.ts'
import { tryOut } from './try-out.ts'
import type { Unit } from './unit.ts'

/** Units decided in one tick: at 200,000 decisions a second this is 10 ms, about two fsyncs. */
const MAX_TICK_UNITS = 2_000
/** Commands that may wait; beyond it callers are told to come again rather than kept waiting. */
const MAX_QUEUE = 100_000

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
  /** The disk failed to write or to sync: the host must end. */
  readonly onFailed: (error: MillraceError) => void
  /** The lock table no longer matches the store. */
  readonly reloadLocks: () => Promise<void>
  readonly onDefect: (error: unknown, about: string) => void
}

interface Refused {
  readonly unit: Unit
  readonly error: unknown
}

export class Writer {
  readonly #ports: WriterPorts
  readonly #around: Surroundings
  readonly #states = new StateCache()
  readonly #loading: Loading
  readonly #parking = new Parking()
  readonly #readOnly: ReadOnly
  readonly #queue: Unit[] = []
  /** Units of a failed commit, to run one per transaction. */
  readonly #alone: Unit[] = []
  /**
   * After-states of the tick in the making, and what was loaded for it. A new map for every tick: V8 chains the table of a cleared map to its next one, and once
   * the first has grown old the whole chain, with all that is in it, survives until the next full collection.
   */
  #deciding = new Map<string, State>()
  /** Refusals of this tick: they may rest on what it decided, so they are told after its commit too (I1). */
  readonly #refusals: Refused[] = []
  #isTicking = false
  #isScheduled = false
  #isClosed = false
  #isStopped = false
  /** The disk failed: this host does nothing more. */
  #failure: MillraceError | undefined
  readonly #idle: (() => void)[] = []
  readonly counts = { ticks: 0, units: 0, facts: 0 }

  constructor(ports: WriterPorts) {
    this.#ports = ports
    const { store, clock, programs, directory, locks, newId } = ports
    this.#loading = new Loading({ store, programs, states: this.#states })
    this.#readOnly = new ReadOnly({ store, clock })
    this.#around = {
      programs,
      directory,
      locks,
      newId,
      stateOf: (instance) => this.#deciding.get(instance) ?? this.#states.get(instance),
      isParked: (instance) => this.#parking.has(instance),
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

  /** What a unit would change, on the state as committed. @throws what the unit would be refused with */
  tryOut(unit: Omit<Unit, 'isReport'>): Promise<ReadonlyMap<string, Change>> {
    const { store, clock, programs } = this.#ports
    const loading = new Loading({ store, programs, states: this.#states })
    const committed = (id: string): State | undefined => this.#states.get(id)
    return tryOut(unit, { around: this.#around, committed, loading, nowMs: () => clock.now() })
  }

  /** State as committed, from memory or the store. */
  state(instance: string): Promise<State | undefined> {
    return this.#loading.state(instance)
  }

  get readOnlyReason(): string | undefined {
    return this.#failure?.message ?? this.#readOnly.reason
  }

  get queueLength(): number {
    return this.#queue.length
  }

  get statesInMemory(): number {
    return this.#states.size
  }

  /** Resolves when nothing is queued or being decided. Pieces that wait for code or tasks do not count. */
  whenIdle(): Promise<void> {
    if (!this.#isTicking && !this.#hasWork) return Promise.resolve()
    return new Promise((resolve) => this.#idle.push(resolve))
  }

  /** Refuses new commands, finishes what is queued. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#readOnly.close()
    if (this.#readOnly.reason === undefined) await this.whenIdle()
    this.#isStopped = true
  }

  /** Something of this instance is being decided, written, or waits for its turn or its code. */
  isAtWork(instance: string): boolean {
    const isOf = (unit: Unit): boolean => unit.instance === instance
    return this.#parking.has(instance) || this.#deciding.has(instance) || this.#queue.some(isOf) || this.#alone.some(isOf)
  }

  get #hasWork(): boolean {
    return this.#queue.length > 0 || this.#parking.hasWoken || this.#alone.length > 0
  }

  #assertOpen(): void {
    if (this.#failure !== undefined) throw this.#failure
    if (this.#isClosed) throw new MillraceError('HOST_STOPPING', 'The host is shutting down; send the command again when it is back.')
    if (this.#readOnly.reason !== undefined) throw new MillraceError('STORE_FULL', this.#readOnly.reason)
    if (this.#queue.length >= MAX_QUEUE)
      throw new MillraceError('OVERLOADED', `More than ${MAX_QUEUE} commands wait. Nothing was done; try again in a moment.`)
  }

  #schedule(): void {
    if (this.#isTicking || this.#isScheduled || this.#readOnly.reason !== undefined) return
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
      await this.#decideAndCommit()
    } finally {
      this.#isTicking = false
      if (this.#hasWork) this.#schedule()
      else for (const resolve of this.#idle.splice(0)) resolve()
    }
  }

  async #decideAndCommit(): Promise<void> {
    const atMs = this.#ports.clock.now()
    const done: Piece[] = []
    // First those whose code has answered: what waited behind them comes before what has arrived since (I2).
    const woken = this.#parking.takeWoken()
    for (const each of woken) this.#wake(each, done)
    const units = this.#alone.length > 0 ? this.#alone.splice(0, 1) : this.#queue.splice(0, MAX_TICK_UNITS)
    let write: TickWrite
    let position: number
    try {
      await this.#decideAll(units, atMs, done)
      write = tickWriteOf(done, (piece, changes) => this.#answerOf(piece, changes, 0))
      position = await this.#write(write, atMs)
    } catch (error) {
      return this.#dropTick(error, [...woken.map(({ piece }) => piece.unit), ...units], done)
    }
    const refusals = this.#refusals.splice(0)
    try {
      this.#committed(done, write, position)
    } finally {
      this.#deciding = new Map()
      this.#parking.endTick(true)
      for (const { unit, error } of refusals) this.#refuse(unit, error)
    }
  }

  /** Passes over the units until each is decided, refused or parked; what a pass found missing is loaded before the next. */
  async #decideAll(units: readonly Unit[], atMs: number, done: Piece[]): Promise<void> {
    await this.#loading.preload(units, this.#deciding)
    let waiting = units
    for (let pass = 0; waiting.length > 0; pass++) {
      const { missing, later } = this.#pass(waiting, atMs, done)
      if (later.length === 0) break
      if (pass >= MAX_PASSES) {
        for (const unit of later) this.#refuse(unit, tooManyPasses(unit.instance))
        break
      }
      await this.#loading.load(missing, this.#deciding)
      waiting = later.filter((unit) => unit.input?.kind === 'start' || unit.input === undefined || this.#isLoadable(unit))
    }
  }

  #pass(
    units: readonly Unit[],
    atMs: number,
    done: Piece[],
  ): { readonly missing: readonly MissingThing[]; readonly later: readonly Unit[] } {
    const missing: MissingThing[] = []
    const later: Unit[] = []
    // Order per instance: what follows a unit that must wait, waits too (I2).
    const behind = new Set<string>()
    for (const unit of units) {
      if (this.#parking.mustWait(unit)) continue
      if (behind.has(unit.instance)) {
        later.push(unit)
        continue
      }
      const piece = new Piece(unit, this.#around, atMs)
      const thing = this.#finish(piece, () => piece.decide(), done)
      if (thing === undefined) continue
      behind.add(unit.instance)
      if ('parked' in thing) this.#parking.waitBehind(thing.parked, unit)
      else {
        missing.push(thing)
        later.push(unit)
      }
    }
    return { missing, later }
  }

  /**
   * The code has answered. Where its calls need what is not in memory or waits for code of its own, what led to them is committed first, and they come as a
   * report: it can wait its turn, as a piece that keeps its instance cannot.
   */
  #wake({ piece, input }: Woken, done: Piece[]): void {
    const { instance } = piece.unit
    // I3: decided again, on what is true.
    if (this.#parking.takeUnfounded(piece)) {
      this.#disown(piece)
      return this.#release(instance, [piece.unit])
    }
    if (input !== undefined && this.#finish(piece, () => piece.apply(instance, input), done) === undefined) return
    this.#release(instance, input === undefined ? [] : [{ instance, input, isReport: true }])
    this.#finished(piece, done)
  }

  /** A unit for an instance that does not exist is answered, not tried for ever. */
  #isLoadable(unit: Unit): boolean {
    if (this.#around.stateOf(unit.instance) !== undefined || !this.#loading.isAbsent(unit.instance)) return true
    this.#refuse(unit, noInstance(unit.instance))
    return false
  }

  /** @returns what is missing, when the piece must be decided again. */
  #finish(piece: Piece, decide: () => void, done: Piece[]): MissingThing | undefined {
    try {
      decide()
    } catch (error) {
      if (error instanceof Missing) return error.what
      this.#disown(piece)
      this.#release(piece.unit.instance)
      this.#refusals.push({ unit: piece.unit, error: asMillraceError(error) })
      return undefined
    }
    if (!this.#park(piece)) {
      this.#release(piece.unit.instance)
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
    this.#parking.park(piece)
    piece.hasAskedCode = true
    work.then(
      (input) => {
        this.#parking.wake({ piece, input })
        this.#schedule()
      },
      (error: unknown) => this.#codeFailed(piece, error),
    )
    return true
  }

  /** The code could not be asked at all: the machine, not the workflow, is at fault. */
  #codeFailed(piece: Piece, error: unknown): void {
    const { unit } = piece
    this.#disown(piece)
    if (!unit.isReport || this.#isStopped) {
      this.#parking.takeUnfounded(piece)
      this.#release(unit.instance)
      return this.#refuse(unit, error)
    }
    // A result that came is not lost with it: it is written, and the code is asked again after the next start, or by doctor.
    this.#ports.onDefect(error, `code of instance ${unit.instance}`)
    this.#parking.wake({ piece, input: undefined })
    this.#schedule()
  }

  /** A piece that will not be written: its code knows more than is true. */
  #disown(piece: Piece): void {
    if (piece.hasAskedCode) this.#ports.forget(piece.unit.instance)
  }

  /** Lets the units go on that wait for a piece of this instance, after those of `first`. */
  #release(instance: string, first: readonly Unit[] = []): void {
    const lane = this.#parking.release(instance)
    if (first.length === 0 && lane.length === 0) return
    this.#queue.unshift(...first, ...lane)
    this.#schedule()
  }

  #refuse(unit: Unit, error: unknown): void {
    unit.reject?.(error)
    // A report that came too late is refused, which is no defect; anything else would be lost if nobody were told.
    const isTooLate = error instanceof MillraceError && error.code !== 'INTERNAL'
    if (unit.isReport && !isTooLate) this.#ports.onDefect(error, `report ${unit.input?.kind ?? 'message'} for instance ${unit.instance}`)
  }

  /** @returns the feed position of what was written. @throws what the store says when nothing was */
  async #write(write: TickWrite, atMs: number): Promise<number> {
    if (write.isEmpty) return 0
    const { keptMessages, takenMessages, answers } = write
    const changes = [...write.changes.values()]
    // At the time the tick was decided: facts of it need not carry their own.
    return (await this.#ports.store.instances.commit({ atMs, changes, keptMessages, takenMessages, answers })).position
  }

  /** What was decided is true: memory follows, callers are told, effects run. */
  #committed(pieces: readonly Piece[], { changes, keptMessages }: TickWrite, position: number): void {
    if (pieces.length === 0) return
    this.counts.ticks++
    this.counts.units += pieces.length
    for (const change of changes.values()) {
      this.counts.facts += change.facts.length
      if (isFinal(change.after.status)) this.#states.delete(change.after.id)
      else if (change.before !== undefined || !waitsForPeople(change.after)) this.#states.set(change.after)
    }
    for (const piece of pieces) piece.unit.resolve?.(this.#answerOf(piece, changes, position))
    const late: LateEffect[] = []
    for (const piece of pieces) for (const effect of piece.late) late.push(effect)
    this.#ports.afterCommit(late, changes)
    if (keptMessages.length > 0) this.#ports.onKept(keptMessages)
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
  async #dropTick(error: unknown, units: readonly Unit[], done: readonly Piece[]): Promise<void> {
    for (const piece of done) {
      this.#disown(piece)
      for (const id of piece.changes.keys()) this.#states.delete(id)
    }
    // What waits for its code, or behind it, goes on from there.
    const again = [...new Set(units)].filter((unit) => !this.#parking.holds(unit))
    this.#refusals.length = 0
    this.#deciding = new Map()
    this.#parking.endTick(false)
    if (error instanceof MillraceError && error.code === 'STORE_FAILED') return this.#diskFailed(error, again)
    await this.#ports.reloadLocks()
    if (error instanceof MillraceError && error.code === 'STORE_FULL') return this.#diskFull(error, again)
    const [only] = again
    if (again.length > 1 || only === undefined) return void this.#alone.push(...again)
    if (only.reject !== undefined) this.#ports.onDefect(error, `${only.input?.kind ?? 'message'} for instance ${only.instance}`)
    this.#refuse(only, error)
  }

  /** After a failed write or sync nobody knows what is on the disk: nothing more is accepted, and what waits is told so. */
  #diskFailed(error: MillraceError, units: readonly Unit[]): void {
    this.#isClosed = true
    this.#isStopped = true
    this.#failure = error
    for (const unit of [...units, ...this.#queue.splice(0), ...this.#alone.splice(0)]) unit.reject?.(error)
    this.#ports.onFailed(error)
  }

  #diskFull(error: MillraceError, units: readonly Unit[]): void {
    this.#readOnly.begin(() => this.#schedule())
    for (const unit of [...units, ...this.#queue.splice(0)]) this.#turnAway(unit, error)
  }

  /** While nothing can be written: reports wait, commands are refused. */
  #turnAway(unit: Unit, cause?: unknown): void {
    if (unit.isReport) this.#queue.push(unit)
    else this.#refuse(unit, new MillraceError('STORE_FULL', this.#readOnly.reason ?? 'The disk is full.', { cause }))
  }
}

/**
 * Began, and waits for a person: nobody will ask for it soon, and in the cache 100,000 of them would be garbage that has grown old, which is collected late
 * (it made 120 MB of the process).
 */
const waitsForPeople = ({ steps }: State): boolean => {
  let isWaiting = false
  for (const n in steps) {
    if (steps[n]?.wait.kind !== 'work-item') return false
    isWaiting = true
  }
  return isWaiting
}
