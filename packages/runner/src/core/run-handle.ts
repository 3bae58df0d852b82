/**
 * `run`, as the author's function gets it: every method makes one call on the instance, in the scope the code is in. What is wrong with
 * a call rejects (or throws, where nothing is awaited) with a TypeError of the realm before the call is recorded.
 */
import type {
  Duration,
  Run,
  RunningInstance,
  StartOptions,
  TaskCallOptions,
  TaskReference,
  WaitForOptions,
  WorkflowReference,
} from '@millrace/workflow'
import type { z } from 'zod'
import { askAnswer, askCall } from './calls/ask.ts'
import { race, scoped } from './calls/race.ts'
import { sleepCall } from './calls/sleep.ts'
import { startCall } from './calls/start.ts'
import { taskCall } from './calls/task.ts'
import { waitForAnswer, waitForCall } from './calls/wait-for.ts'
import { randomFraction, randomUuid } from './chance.ts'
import type { CallBody, Decode, LiveInstance } from './instance.ts'
import { currentScope, isInside, type Scope } from './scope.ts'

const output: Decode = (result) => result.output

export class RunHandle implements Run {
  readonly #instance: LiveInstance
  readonly #scope: Scope

  constructor(instance: LiveInstance, scope: Scope) {
    this.#instance = instance
    this.#scope = scope
  }

  get instance(): RunningInstance {
    return this.#instance.identity
  }

  task(task: string | TaskReference<unknown, unknown>, input?: unknown, options: TaskCallOptions = {}): Promise<never> {
    return this.#wait(() => taskCall(task, input, { ...options, nowMs: this.now() }), output)
  }

  ask(ask: Parameters<Run['ask']>[0]): Promise<never> {
    const { realm } = this.#instance.workflow
    return this.#wait(
      () => askCall(realm, ask, this.now()),
      (result) => askAnswer(realm, ask)(result),
    )
  }

  sleep(time: unknown, options: { readonly name?: string } = {}): Promise<never> {
    return this.#wait(
      () => sleepCall(time, { nowMs: this.now(), name: options.name }),
      () => undefined,
    )
  }

  waitFor(message: string, options: WaitForOptions<z.ZodType> & { readonly within?: Duration } = {}): Promise<never> {
    const { realm } = this.#instance.workflow
    return this.#wait(() => waitForCall(message, options, this.now()), waitForAnswer(realm, message, options))
  }

  start(workflow: string | WorkflowReference<unknown, unknown>, input?: unknown, options: StartOptions = {}): Promise<never> {
    return this.#wait(() => startCall(workflow, input, options), output)
  }

  publish(message: string, body: unknown = null, options: { readonly key?: string } = {}): void {
    this.#tell({ kind: 'publish', message, body: body as never, ...(options.key === undefined ? {} : { key: options.key }) })
  }

  now(): number {
    return this.#instance.nowMs
  }

  random(): number {
    return randomFraction(this.#instance.chance)
  }

  uuid(): string {
    return randomUuid(this.#instance.chance)
  }

  log(message: string, fields?: unknown): void {
    this.#tell({ kind: 'log', message: String(message), ...(fields === undefined ? {} : { fields: fields as never }) })
  }

  set(data: { readonly [name: string]: unknown }): void {
    if (typeof data !== 'object' || data === null || Array.isArray(data)) {
      throw this.#instance.workflow.realm.typeError("run.set needs values by name, such as run.set({ stage: 'approval' }).")
    }
    this.#tell({ kind: 'set', data: data as never })
  }

  race(branches: { readonly [name: string]: unknown }): Promise<never> {
    return this.#promise(() => race(this.#instance, this.#here(), branches))
  }

  scope(part: (scope: Run) => unknown): Promise<never> {
    return this.#promise(() => scoped(this.#instance, this.#here(), (scope) => part(new RunHandle(this.#instance, scope))))
  }

  continueAsNew(input: unknown): Promise<never> {
    const { primitives } = this.#instance.workflow.realm
    return this.#promise(() => {
      this.#instance.tell(this.#here(), { kind: 'continue-as-new', input: (input ?? null) as never })
      this.#instance.close()
      return primitives.deferred().promise
    })
  }

  /** The innermost scope the code is in, as long as it is one of this handle's. */
  #here(): Scope {
    const current = currentScope()
    return current !== undefined && isInside(current, this.#scope) ? current : this.#scope
  }

  #wait(call: () => CallBody, decode: Decode): Promise<never> {
    return this.#promise(() => this.#instance.wait(this.#here(), call(), decode))
  }

  #tell(call: CallBody): void {
    this.#instance.tell(this.#here(), call)
  }

  /** Errors become rejections of the realm. */
  #promise(work: () => Promise<unknown>): Promise<never> {
    const { realm } = this.#instance.workflow
    try {
      return work() as Promise<never>
    } catch (error) {
      const { promise, reject } = realm.primitives.deferred()
      reject(error instanceof Error ? realm.typeError(`${error.message.replace(/\.$/, '')}.`) : error)
      return promise as Promise<never>
    }
  }
}
