/**
 * The world outside of the host: tasks that succeed at once or later, fail, or are never heard of again. It notes every try by its idempotency key, and what
 * the host has written about it, so that nothing may be done again that is known to be done.
 */
import type { Clock } from '@millrace/engine'
import type { Fact, State } from '@millrace/kernel'
import type { CommitBatch, TaskAttempt, TaskOutcome, TaskRunner } from '@millrace/protocol'
import type { Random } from './random.ts'
import type { Violations } from './violations.ts'

/** Task that evaluates rules in JavaScript (package kernel). */
const RULES = 'millrace.rule'

export class World {
  /** Tries by key. */
  readonly tries = new Map<string, number>()
  /** Everything succeeds at once: the end of a simulation. */
  isHealed = false
  /** Highest attempt of each key whose outcome, or whose end without one, is written. */
  readonly #settled = new Map<string, number>()
  /** Keys at work for the host that lives now. */
  readonly #running = new Map<string, () => void>()
  readonly #clock: Clock
  readonly #random: Random
  readonly #violations: Violations

  constructor(ports: { readonly clock: Clock; readonly random: Random; readonly violations: Violations }) {
    this.#clock = ports.clock
    this.#random = ports.random
    this.#violations = ports.violations
  }

  readonly tasks: TaskRunner = {
    run: (attempt, signal) => this.#run(attempt, signal),
    has: (task) => task !== 'nobody.offers',
    list: () => [],
    close: async () => undefined,
  }

  /** The host died: nobody hears what is at work. */
  forgetRunning(): void {
    this.#running.clear()
  }

  /** Ends what would never end. */
  heal(): void {
    this.isHealed = true
    const all = [...this.#running.values()]
    for (const end of all) end()
  }

  /** What was written about attempts: none of them may begin again. */
  note({ changes }: CommitBatch): void {
    for (const { after, facts, before } of changes) {
      for (const fact of facts) this.#noteFact(after, before, fact)
    }
  }

  #noteFact(after: State, before: State | undefined, fact: Fact): void {
    const settle = (step: number, attempt: number): void => {
      const key = `${after.id}:${step}`
      this.#settled.set(key, Math.max(this.#settled.get(key) ?? 0, attempt))
    }
    switch (fact.t) {
      case 'closed':
      case 'withdrawn':
        return settle(fact.step, Number.POSITIVE_INFINITY)
      case 'attempt-failed':
      case 'attempt-returned':
        return settle(fact.step, fact.attempt)
      case 'held': {
        const { input } = fact
        if (input.kind === 'attempt-succeeded' || input.kind === 'attempt-failed') settle(input.step, input.attempt)
        if (input.kind === 'settle') settle(input.step, Number.POSITIVE_INFINITY)
        return
      }
      case 'cancelling':
        for (const step of Object.values(before?.steps ?? {})) settle(step.n, Number.POSITIVE_INFINITY)
        return
      // The step's task is asked anew: another chooser, or the same one again.
      case 'turned':
        if (fact.wait.kind === 'task') this.#settled.set(`${after.id}:${fact.step}`, fact.wait.attempt - 1)
        break
      default:
    }
  }

  #run(attempt: TaskAttempt, signal: Parameters<TaskRunner['run']>[1]): TaskOutcome | Promise<TaskOutcome> {
    const { key } = attempt
    const about = `attempt ${attempt.attempt} of ${attempt.task} for ${key}`
    if ((this.#settled.get(key) ?? 0) >= attempt.attempt) this.#violations.add(`${about} began again though its outcome is written`)
    if (this.#running.has(key)) this.#violations.add(`${about} began while another attempt of the step was at work`)
    this.tries.set(key, (this.tries.get(key) ?? 0) + 1)
    const outcome = this.#outcomeOf(attempt)
    if (this.isHealed) return this.#random.chance(0.5) ? outcome : Promise.resolve(outcome)
    return this.#random.weighted<() => TaskOutcome | Promise<TaskOutcome>>([
      [5, () => outcome],
      [2, () => Promise.resolve(outcome)],
      [4, () => this.#later(attempt, signal, { outcome, ms: 1 + this.#random.below(60_000) })],
      [1, () => this.#later(attempt, signal, { outcome, ms: Number.POSITIVE_INFINITY })],
      [1, () => ({ ok: false, error: { code: 'BUSY', message: `Busy: ${about}` } })],
      [0.5, () => ({ ok: false, error: { code: 'NEVER', message: `Not possible: ${about}`, retryable: false } })],
      [0.3, () => Promise.reject(new Error(`Thrown: ${about}`))],
    ])()
  }

  /** Work that takes time: its outcome comes later, or never; most of it ends early when it is told to. */
  #later(
    { key }: TaskAttempt,
    signal: Parameters<TaskRunner['run']>[1],
    { outcome, ms }: { readonly outcome: TaskOutcome; readonly ms: number },
  ): Promise<TaskOutcome> {
    return new Promise((resolve) => {
      const end = (with_: TaskOutcome): void => {
        if (this.#running.get(key) === finish) this.#running.delete(key)
        stop()
        resolve(with_)
      }
      const finish = (): void => end(outcome)
      const stop = ms === Number.POSITIVE_INFINITY ? () => undefined : this.#clock.after(ms, finish)
      this.#running.set(key, finish)
      const obeys = this.#random.chance(0.7)
      signal().addEventListener('abort', () => {
        // Nobody waits for it any more, whether it stops or not.
        if (this.#running.get(key) === finish) this.#running.delete(key)
        if (obeys) end({ ok: false, error: { code: 'STOPPED', message: 'Told to stop.' } })
      })
    })
  }

  #outcomeOf({ task, input, key }: TaskAttempt): TaskOutcome {
    if (task === 'choose') return { ok: true, output: this.#random.pick(['user:ana', 'group:editors']) }
    if (task !== RULES) return { ok: true, output: { key } }
    const rules = (input as { readonly rules?: { readonly [name: string]: string } } | undefined)?.rules ?? {}
    return {
      ok: true,
      output: Object.fromEntries(Object.keys(rules).map((rule) => [rule, rule === 'assign' ? 'user:ana' : this.#random.chance(0.3)])),
    }
  }
}
