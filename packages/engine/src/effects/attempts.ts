/**
 * Attempts of tasks that run now. At least once: an attempt that the host did not live to see the end of runs again after its restart, with the same number
 * and key.
 *
 * Invariants:
 * I1. Every attempt begun ends in exactly one outcome: the task's, a timeout, or an abort.
 * I2. No more than `limit` run at once over the host, and no more than a task's own limit; the rest wait in order.
 */
import type { Effect, Failure, Input, State } from '@millrace/kernel'
import type { TaskOutcome, TaskRunner } from '@millrace/protocol'
import type { Clock } from '../clock.ts'
import { callbackToken } from './callback-token.ts'

type AttemptEffect = Extract<Effect, { readonly kind: 'attempt' }>

/** Attempts at once over the host, unless it says otherwise: built-in tasks mostly wait for the network. */
const DEFAULT_LIMIT = 500

export interface AttemptsOptions {
  readonly tasks: TaskRunner
  readonly clock: Clock
  /** Signs callback addresses. */
  readonly secret: Buffer
  readonly limit?: number
  /** Attempts at once of one task, by its name. */
  readonly limits?: { readonly [task: string]: number }
}

interface Waiting {
  readonly key: string
  readonly task: string
  readonly begin: () => void
  /** The step no longer needs it: it ends without having begun. */
  readonly stop: () => void
}

export class Attempts {
  readonly #options: AttemptsOptions
  readonly #aborts = new Map<string, AbortController>()
  readonly #runningByTask = new Map<string, number>()
  #running = 0
  #waiting: Waiting[] = []

  constructor(options: AttemptsOptions) {
    this.#options = options
  }

  /** The attempt of this step runs, or waits for room to. */
  isRunning(instance: string, step: number): boolean {
    return this.#aborts.has(`${instance}:${step}`) || this.#waiting.some((each) => each.key === `${instance}:${step}`)
  }

  get running(): number {
    return this.#running
  }

  /** Runs an attempt. The input that tells its outcome comes at once for tasks that need no waiting, else as a promise. */
  run(state: State, effect: AttemptEffect, needsCallback: boolean): Input | Promise<Input> {
    const { tasks } = this.#options
    if (!tasks.has(effect.task) && state.simulate === true) {
      return { kind: 'attempt-succeeded', step: effect.step, attempt: effect.attempt, output: { simulated: effect.task } }
    }
    if (!tasks.has(effect.task))
      return failed(effect, {
        code: 'TASK_UNKNOWN',
        message: `No plugin offers task ${effect.task}. Bind it in the project's configuration, start the server again, then retry.`,
        retryable: false,
      })
    if (!this.#hasRoom(effect.task)) {
      return new Promise((resolve) =>
        this.#waiting.push({
          key: `${state.id}:${effect.step}`,
          task: effect.task,
          begin: () => resolve(this.#begin(state, effect, needsCallback)),
          stop: () =>
            resolve(
              failed(effect, { code: 'ABORTED', message: 'The step no longer needed this attempt before it began.', retryable: false }),
            ),
        }),
      )
    }
    return this.#begin(state, effect, needsCallback)
  }

  /** Tells the attempt of a step to stop, if one runs. */
  abort(instance: string, step: number): void {
    const key = `${instance}:${step}`
    this.#aborts.get(key)?.abort(new Error('The step no longer needs this attempt.'))
    for (const waiting of this.#waiting.filter((each) => each.key === key)) {
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1)
      waiting.stop()
    }
  }

  abortAll(): void {
    for (const abort of this.#aborts.values()) abort.abort(new Error('The host is stopping.'))
    this.#waiting = []
  }

  #hasRoom(task: string): boolean {
    const { limit = DEFAULT_LIMIT, limits } = this.#options
    const own = limits?.[task]
    return this.#running < limit && (own === undefined || (this.#runningByTask.get(task) ?? 0) < own)
  }

  #begin(state: State, effect: AttemptEffect, needsCallback: boolean): Input | Promise<Input> {
    const { tasks, clock } = this.#options
    const key = `${state.id}:${effect.step}`
    // Most tasks never look at their signal: it is made when they do, or when they turn out to take time.
    let controller: AbortController | undefined
    const signal = () => (controller ??= new AbortController()).signal
    let result: TaskOutcome | Promise<TaskOutcome>
    try {
      result = tasks.run(
        {
          instance: state.id,
          workspace: state.workspace,
          workflow: state.workflow,
          step: effect.step,
          node: state.steps[effect.step]?.node ?? '',
          attempt: effect.attempt,
          task: effect.task,
          key: effect.key,
          ...(effect.input === undefined ? {} : { input: effect.input }),
          ...(effect.timeoutMs === undefined ? {} : { timeoutMs: effect.timeoutMs }),
          ...(needsCallback ? { callbackToken: callbackToken(this.#options.secret, state.id, effect.step) } : {}),
        },
        signal,
      )
    } catch (error) {
      return failed(effect, { code: 'TASK_FAILED', message: error instanceof Error ? error.message : String(error) })
    }
    if (!(result instanceof Promise)) return inputOf(effect, result)
    const abort = (controller ??= new AbortController())
    this.#aborts.set(key, abort)
    this.#running++
    this.#runningByTask.set(effect.task, (this.#runningByTask.get(effect.task) ?? 0) + 1)
    return new Promise((resolve) => {
      let isOver = false
      const end = (input: Input): void => {
        // A task that ends after its timeout gives back its room only once.
        if (isOver) return
        isOver = true
        stopTimer()
        if (this.#aborts.get(key) === abort) this.#aborts.delete(key)
        this.#release(effect.task)
        resolve(input)
      }
      const stopTimer =
        effect.timeoutMs === undefined
          ? () => undefined
          : clock.after(effect.timeoutMs, () => {
              const error = {
                code: 'TIMED_OUT',
                message: `Attempt ${effect.attempt} of task ${effect.task} took longer than ${effect.timeoutMs} ms.`,
              }
              end(failed(effect, error))
              abort.abort(new Error(error.message))
            })
      result.then(
        (outcome) => end(inputOf(effect, outcome)),
        (error: unknown) => end(failed(effect, { code: 'TASK_FAILED', message: error instanceof Error ? error.message : String(error) })),
      )
    })
  }

  #release(task: string): void {
    this.#running--
    const left = (this.#runningByTask.get(task) ?? 1) - 1
    if (left > 0) this.#runningByTask.set(task, left)
    else this.#runningByTask.delete(task)
    // One that needs no waiting leaves its room at once: the next may have it.
    for (;;) {
      const next = this.#waiting.findIndex((each) => this.#hasRoom(each.task))
      if (next < 0) return
      this.#waiting.splice(next, 1)[0]?.begin()
    }
  }
}

const failed = (effect: AttemptEffect, error: Failure): Input => ({
  kind: 'attempt-failed',
  step: effect.step,
  attempt: effect.attempt,
  error,
})

const inputOf = (effect: AttemptEffect, outcome: TaskOutcome): Input =>
  outcome.ok
    ? {
        kind: 'attempt-succeeded',
        step: effect.step,
        attempt: effect.attempt,
        ...(outcome.output === undefined ? {} : { output: outcome.output }),
      }
    : failed(effect, outcome.error)
