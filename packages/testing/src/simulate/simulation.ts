/**
 * An instance of a draft that lives in memory under a virtual clock. Decisions are made by the real kernel; around it is nothing but what a scenario
 * says. Owns: the clock, attempts that have begun and not ended, children. Does not own: the order of a scenario (`run-scenario.ts`).
 *
 * Invariants:
 * S1. Time moves only in `pass`, and stops at every timer on the way, so what falls due earlier happens earlier.
 * S2. An attempt runs until `finish`, `fail` or its abort; nothing outside this process is called.
 */
import { validate } from '@millrace/engine'
import {
  type Actor,
  compileProgram,
  decide,
  type Effect,
  type Fact,
  type GraphProgram,
  type Input,
  ownTimerMs,
  type Payload,
  type Principal,
  type State,
  type Step,
} from '@millrace/kernel'
import { celEvaluator, type JsonValue, type Model } from '@millrace/model'

export type Attempt = Extract<Effect, { readonly kind: 'attempt' }>

export interface SimulationOptions {
  readonly model: Model
  readonly atMs: number
  /** Groups and their members; absent = everybody exists, and everybody is in every group. */
  readonly people?: { readonly [group: string]: readonly string[] }
}

const ID = '00000000-0000-7000-8000-000000000000'

/** Decisions of one pass of time. A model that loops without waiting is stopped by its own limit; this one catches a defect. */
const MAX_TIMERS = 100_000

export class Simulation {
  readonly program: GraphProgram
  readonly facts: Fact[] = []
  /** Attempts that run, by step. */
  readonly attempts = new Map<number, Attempt>()
  /** Children that run, by step of the container. */
  readonly children = new Map<number, string>()
  /** Every attempt that began, in order. */
  readonly made: Attempt[] = []
  /** Who was told what, in order. */
  readonly notified: Extract<Effect, { readonly kind: 'notify' }>[] = []
  readonly #people: SimulationOptions['people']
  #nowMs: number
  #ids = 0
  #state: State | undefined

  constructor({ model, atMs, people }: SimulationOptions) {
    this.program = compileProgram(model)
    this.#nowMs = atMs
    this.#people = people
  }

  get nowMs(): number {
    return this.#nowMs
  }

  get state(): State {
    if (this.#state === undefined) throw new Error('The simulation has not been started.')
    return this.#state
  }

  get openSteps(): readonly Step[] {
    return Object.values(this.state.steps)
  }

  start(options: { readonly payload: Payload; readonly data: State['data']; readonly by: string; readonly title?: string }): void {
    const { payload, data, by, title } = options
    const { id, locks } = { id: this.program.model.id, locks: this.program.locks }
    this.send({
      kind: 'start',
      id: ID,
      workspace: 'default',
      workflow: id,
      version: 1,
      payload,
      data,
      locks,
      by: this.actor(by),
      ...(title === undefined ? {} : { title }),
    })
  }

  /** Lets something happen now. @throws Refusal when the kernel does not allow it; nothing has changed then. */
  send(input: Input): void {
    const decision = decide(this.#state, input, {
      nowMs: this.#nowMs,
      program: this.program,
      evaluator: celEvaluator,
      validate,
      newId: () => `00000000-0000-7000-8000-${String(++this.#ids).padStart(12, '0')}`,
      people: { canAnswer: (who) => this.#canAnswer(who), isMember: (user, group) => this.#isMember(user, group) },
    })
    this.#state = decision.state
    this.facts.push(...decision.facts)
    for (const effect of decision.effects) this.#apply(effect)
  }

  finish(step: number, output: JsonValue | undefined): void {
    const attempt = this.#take(step)
    this.send({ kind: 'attempt-succeeded', step, attempt: attempt.attempt, ...(output === undefined ? {} : { output }) })
  }

  fail(step: number, error: { readonly code: string; readonly message: string; readonly retryable?: boolean }): void {
    const attempt = this.#take(step)
    this.send({ kind: 'attempt-failed', step, attempt: attempt.attempt, error })
  }

  endChild(step: number, end: { readonly status: 'COMPLETED' | 'FAILED' | 'ABORTED'; readonly data: State['data'] }): void {
    const child = this.children.get(step)
    if (child === undefined) throw new Error(`Step ${step} has no child.`)
    this.children.delete(step)
    const error = { code: 'WORKFLOW_FAILED', message: 'The child failed, as the scenario says.' }
    this.send({ kind: 'child-ended', step, child, ...end, ...(end.status === 'FAILED' ? { error } : {}) })
  }

  /** Lets time pass. `settle` runs after each timer, for what follows from it. */
  async pass(untilMs: number, settle: () => Promise<void>): Promise<void> {
    for (let fired = 0; fired < MAX_TIMERS; fired++) {
      const due = this.#nextTimer()
      if (due === undefined || due.atMs > untilMs) break
      this.#nowMs = Math.max(this.#nowMs, due.atMs)
      this.send({ kind: 'timer', step: due.step, ...(due.timeout === undefined ? {} : { timeout: due.timeout }) })
      await settle()
    }
    this.#nowMs = Math.max(this.#nowMs, untilMs)
  }

  /** Somebody with the groups they are in. An operator may also act on what is not theirs. */
  actor(user: string, options: { readonly isOperator?: boolean; readonly groups?: readonly string[] } = {}): Actor {
    const named = Object.entries(this.#people ?? {}).flatMap(([group, members]) => (members.includes(user) ? [group] : []))
    return { user, groups: this.#people === undefined ? (options.groups ?? []) : named, isOperator: options.isOperator ?? false }
  }

  /** A member of a group: the first one named, or somebody made up where no people are given. */
  memberOf(group: string): string {
    return this.#people === undefined ? `somebody-in-${group}` : (this.#people[group]?.[0] ?? `nobody-in-${group}`)
  }

  #take(step: number): Attempt {
    const attempt = this.attempts.get(step)
    if (attempt === undefined) throw new Error(`No attempt of step ${step} runs.`)
    this.attempts.delete(step)
    return attempt
  }

  #canAnswer(who: Principal): boolean {
    const people = this.#people
    if (people === undefined) return true
    const [kind, name = ''] = who.split(':', 2)
    return kind === 'group'
      ? (people[name]?.length ?? 0) > 0
      : Object.values(people).some((members) => members.includes(name)) || name === this.#state?.initiator
  }

  #isMember(user: string, group: string): boolean {
    return this.#people === undefined || (this.#people[group]?.includes(user) ?? false)
  }

  #apply(effect: Effect): void {
    switch (effect.kind) {
      case 'attempt':
        this.attempts.set(effect.step, effect)
        this.made.push(effect)
        return
      case 'abort': {
        const attempt = this.attempts.get(effect.step)
        if (attempt === undefined) return
        this.attempts.delete(effect.step)
        // A task that listens stops at once.
        if (this.state.steps[effect.step] !== undefined) {
          const error = { code: 'CANCELLED', message: 'The attempt was told to stop.', retryable: false }
          this.send({ kind: 'attempt-failed', step: effect.step, attempt: attempt.attempt, error })
        }
        return
      }
      case 'start-child':
        this.children.set(effect.step, effect.start.id)
        return
      case 'tell': {
        const step = [...this.children].find(([, child]) => child === effect.instance)?.[0]
        const ends = effect.input.kind === 'cancel' || effect.input.kind === 'terminate'
        if (step !== undefined && ends) {
          this.children.delete(step)
          if (this.state.steps[step] !== undefined) {
            this.send({ kind: 'child-ended', step, child: effect.instance, status: 'ABORTED', data: {} })
          }
        }
        return
      }
      case 'notify':
        return void this.notified.push(effect)
      case 'publish':
      case 'release':
      case 'deliver':
      case 'forget':
        // Nobody else is there to receive a message or to wait for a lock, and a draft has no code.
        break
    }
  }

  #nextTimer(): { readonly atMs: number; readonly step: number; readonly timeout?: number } | undefined {
    const { status, cancelByMs } = this.state
    if (status === 'CANCELLING') return cancelByMs === undefined ? undefined : { atMs: cancelByMs, step: 0 }
    if (status !== 'RUNNING') return undefined
    const due = this.openSteps.flatMap((step) => {
      const own = ownTimerMs(step)
      const deadlines = (step.timers ?? []).map(({ timeout, dueAtMs }) => ({ atMs: dueAtMs, step: step.n, timeout }))
      return own === undefined ? deadlines : [{ atMs: own, step: step.n }, ...deadlines]
    })
    return due.toSorted((a, b) => a.atMs - b.atMs || a.step - b.step)[0]
  }
}
