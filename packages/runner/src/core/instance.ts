/**
 * A live instance: the author's function, run as far as its journal goes.
 *
 * Owns: the calls that wait, the scopes they belong to, and the comparison with the journal. Does not own: the realm the code runs in
 * (realm.ts), which instances stay alive (core.ts), what a call means (kernel).
 *
 * Invariants:
 * I1. Calls are numbered from 1 in the order the code makes them; the number is the call's place in the journal.
 * I2. One delivery at a time; `deliver` returns when the code can do nothing more.
 * I3. While the journal is replayed a call must have the signature recorded under its number, and must have been made by the time the
 *     journal made it. The first difference stops the instance for good: it makes no more calls.
 * I4. A call that was withdrawn, or whose scope is over, never settles; the code that awaits it simply does not go on.
 * I5. Nothing happens after the outcome.
 */
import type { Call, CodeOutcome, Delivery, JournalEntry } from '@millrace/kernel'
import { callSignature } from '@millrace/kernel/call'
import { type Chance, createChance } from './chance.ts'
import { failureOf } from './failure.ts'
import type { LoadedWorkflow } from './load-workflow.ts'
import type { Deferred, Inhabitant } from './realm.ts'
import { RunHandle } from './run-handle.ts'
import { currentScope, isInside, isOver, openScope, type Scope, within } from './scope.ts'

/** A call without its number, as the code makes it. */
export type CallBody = Call extends infer Each ? (Each extends Call ? Omit<Each, 'call'> : never) : never

/** What a call resolves with, from what was delivered; what it throws, the call rejects with. */
export type Decode = (result: Extract<Delivery, { kind: 'result' }>) => unknown

interface Waiting {
  readonly scope: Scope
  readonly deferred: Deferred
  readonly decode: Decode
}

export interface InstanceIdentity {
  readonly id: string
  readonly workspace: string
  readonly run: number
  readonly initiator: string
}

/** JSON of the calls made since they were last taken, and of the outcome. */
export interface Made {
  readonly calls: readonly string[]
  readonly outcome?: string
}

/** Bytes of a function that waits, beside what it was given: 2.3 KB for one request, 5 KB for a race of two branches (50,000 of each). */
const BASE_COST = 4_096

export class LiveInstance implements Inhabitant {
  readonly identity: InstanceIdentity
  readonly workflow: LoadedWorkflow
  /** Told of what the author should know. */
  readonly onWarning: (message: string) => void
  /** The run it is alive for; `identity` has the one its code sees, which a restart from a step keeps. */
  run = 0
  /** Estimate of what it keeps in memory, in bytes. */
  cost = BASE_COST
  nowMs = 0
  startedAtMs = 0
  #chance: Chance | undefined
  #calls = 0
  #made: string[] = []
  #outcome: CodeOutcome['kind'] | undefined
  #outcomeText = ''
  readonly #waiting = new Map<number, Waiting>()
  readonly #root: Scope
  /** Signatures by call, while the journal is replayed. */
  #recorded: readonly (string | undefined)[] | undefined

  constructor(identity: InstanceIdentity, workflow: LoadedWorkflow, onWarning: (message: string) => void) {
    this.identity = identity
    this.workflow = workflow
    this.onWarning = onWarning
    this.#root = openScope(this, undefined)
  }

  get calls(): number {
    return this.#calls
  }

  get isOver(): boolean {
    return this.#outcome !== undefined
  }

  get chance(): Chance {
    this.#chance ??= createChance(`${this.identity.id}:${this.identity.run}`)
    return this.#chance
  }

  /** Delivers one entry and runs the code until it can do nothing more (I2). */
  deliver(delivery: Delivery, atMs: number, input: string): void {
    if (this.#outcome !== undefined) return
    this.nowMs = atMs
    if (delivery.kind === 'start') {
      this.startedAtMs = atMs
      this.workflow.realm.enter(this, () => this.#start(input))
    } else {
      this.#settle(delivery)
    }
  }

  /**
   * Brings a fresh instance to where the journal ends. `onProgress` is told now and then: a long journal is no sign of a stuck one.
   */
  replay(journal: readonly JournalEntry[], input: string, onProgress: () => void): void {
    const recorded: (string | undefined)[] = []
    for (const entry of journal) if (entry.kind === 'called') recorded[entry.call] = entry.signature
    this.#recorded = recorded
    let due = 0
    let delivered = 0
    for (const entry of journal) {
      if (entry.kind === 'called') {
        due = entry.call
        continue
      }
      if (!this.#hasMade(due, recorded)) return
      this.deliver(entry.delivery, entry.atMs, input)
      if (++delivered % 256 === 0) onProgress()
    }
    if (!this.#hasMade(due, recorded)) return
    this.#recorded = undefined
    this.#made = []
  }

  /** Calls since the last take; the caller stores them or drops the instance. */
  take(): Made {
    const calls = this.#made
    this.#made = []
    return this.#outcome === undefined ? { calls } : { calls, outcome: this.#outcomeText }
  }

  // ── what the code does (run-handle.ts) ──

  /** A call that waits for its result. */
  wait(scope: Scope, body: CallBody, decode: Decode): Promise<unknown> {
    const deferred = this.workflow.realm.primitives.deferred()
    const call = this.#make(scope, body)
    if (call !== undefined) {
      this.#waiting.set(call, { scope, deferred, decode })
    }
    return deferred.promise
  }

  /** A call that is over as soon as it is made. */
  tell(scope: Scope, body: CallBody): void {
    this.#make(scope, body)
  }

  /** `console`: in the scope the code is in. */
  log(message: string, fields: unknown): void {
    const here = currentScope()
    this.tell(here?.instance === this ? here : this.#root, {
      kind: 'log',
      message,
      ...(fields === undefined ? {} : { fields: fields as never }),
    })
  }

  /** Number of the waiting call behind a promise of `run`. */
  callBehind(promise: unknown): number | undefined {
    for (const [call, { deferred }] of this.#waiting) if (deferred.promise === promise) return call
    return undefined
  }

  openScope(parent: Scope): Scope {
    return openScope(this, parent)
  }

  /** Ends scopes, and single calls that lost, and withdraws what they still wait for. */
  withdraw(from: Scope, scopes: readonly Scope[], single: readonly number[] = []): void {
    const calls = new Set<number>()
    for (const [call, { scope }] of this.#waiting) {
      if (scopes.some((ended) => isInside(scope, ended))) calls.add(call)
    }
    for (const call of single) if (this.#waiting.has(call)) calls.add(call)
    for (const scope of scopes) scope.isClosed = true
    if (calls.size === 0 || isOver(from) || this.#outcome !== undefined) return
    for (const call of calls) this.#waiting.delete(call)
    this.#make(from, { kind: 'withdraw', calls: [...calls].sort((a, b) => a - b) })
  }

  /** No call after this one. */
  close(): void {
    this.#root.isClosed = true
  }

  // ── inside ──

  #start(input: string): void {
    const { realm } = this.workflow
    const run = new RunHandle(this, this.#root)
    within(this.#root, () => {
      let result: unknown
      try {
        result = this.workflow.execute(run, realm.primitives.parse(input))
      } catch (error) {
        this.#threw(error)
        return
      }
      realm.primitives.follow(
        result,
        (value) => this.#returned(value),
        (error) => this.#threw(error),
      )
    })
  }

  #settle(result: Extract<Delivery, { kind: 'result' }>): void {
    const waiting = this.#waiting.get(result.call)
    if (waiting === undefined) {
      // Withdrawn, or delivered twice (I4); a result of a call that was never made means another function than the recorded one.
      if (result.call > this.#calls) this.#differ(result.call, `a call ${result.call}, which has its result`, 'nothing')
      return
    }
    this.#waiting.delete(result.call)
    this.workflow.realm.enter(this, () => {
      const { deferred, decode } = waiting
      try {
        if (result.error === undefined) deferred.resolve(decode(result))
        else deferred.reject(this.#callError(result.error))
      } catch (error) {
        deferred.reject(error)
      }
    })
  }

  #callError(error: NonNullable<Extract<Delivery, { kind: 'result' }>['error']>): Error {
    const { code, message, retryable, details } = error
    return new this.workflow.realm.WorkflowError(code, message, {
      ...(retryable === undefined ? {} : { retryable }),
      ...(details === undefined ? {} : { details }),
    })
  }

  /** @returns its number; none where calls do not happen any more (I4, I5). */
  #make(scope: Scope, body: CallBody): number | undefined {
    const { realm } = this.workflow
    if (realm.inside !== this) {
      throw realm.typeError(
        'This run belongs to another instance: it was kept in a variable of the module. Use the run the function is called with.',
      )
    }
    if (isOver(scope) || this.#outcome !== undefined) return undefined
    const call = this.#calls + 1
    const made = { call, ...body } as Call
    const text = this.#json(made, callSignature(made))
    if (this.#recorded !== undefined) {
      const actual = callSignature(made)
      const expected = this.#recorded[call]
      if (expected !== actual) {
        this.#differ(call, expected ?? 'nothing', actual)
        return undefined
      }
    } else {
      this.#made.push(text ?? '')
    }
    this.#calls = call
    return call
  }

  #hasMade(due: number, recorded: readonly (string | undefined)[]): boolean {
    if (this.#outcome === 'not-deterministic') return false
    if (this.#calls >= due) return true
    this.#differ(this.#calls + 1, recorded[this.#calls + 1] ?? 'nothing', 'nothing')
    return false
  }

  #differ(call: number, expected: string, actual: string): void {
    if (this.#outcome === 'not-deterministic') return
    this.#end('not-deterministic', JSON.stringify({ kind: 'not-deterministic', expected, actual, call } satisfies CodeOutcome))
    this.#made = []
  }

  #returned(value: unknown): void {
    if (isOver(this.#root)) return
    try {
      const output = this.#json(value, 'what the workflow returned')
      this.#end('returned', output === undefined ? '{"kind":"returned"}' : `{"kind":"returned","output":${output}}`)
    } catch (error) {
      this.#threw(error)
    }
  }

  #threw(error: unknown): void {
    if (isOver(this.#root)) return
    const failure = failureOf(error, { code: 'WORKFLOW_FAILED', stackOf: this.workflow.stackOf })
    this.#end('threw', JSON.stringify({ kind: 'threw', error: failure } satisfies CodeOutcome))
  }

  #end(outcome: CodeOutcome['kind'], text: string): void {
    this.#outcome = outcome
    this.#outcomeText = text
    this.#root.isClosed = true
    this.#waiting.clear()
  }

  #json(value: unknown, what: string): string | undefined {
    try {
      return JSON.stringify(value)
    } catch (error) {
      const [why] = failureOf(error, { code: 'WORKFLOW_FAILED' }).message.split('\n')
      throw this.workflow.realm.typeError(`${what} cannot be stored as JSON: ${why}. Give plain data: texts, numbers, lists and objects.`)
    }
  }
}
