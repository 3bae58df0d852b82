import type { z } from 'zod'
import type { Answer, AskOptions, NoForm, RouteOption } from './ask.ts'
import type { Duration } from './duration.ts'
import type { JsonValue } from './json.ts'
import type { Retry } from './retry.ts'
import type { TaskReference } from './task.ts'
import type { WorkflowReference } from './workflow.ts'

export interface TaskCallOptions {
  /** Name of the step, where the task's name does not say enough. */
  readonly name?: string
  /** In place of the task's own. */
  readonly retry?: Retry
  /** Longest time of one attempt, in place of the task's own. */
  readonly timeout?: Duration
}

export interface StartOptions {
  readonly name?: string
  readonly title?: string
  /** Absent = the newest when the child starts. */
  readonly version?: number
  readonly data?: { readonly [name: string]: JsonValue }
  /** What the child works on: a reference, or JSON. */
  readonly payload?: { readonly path: string } | { readonly uuid: string } | { readonly url: string } | { readonly json: JsonValue }
}

export interface WaitForOptions<Body extends z.ZodType> {
  readonly name?: string
  /** Which one of many: only a message with the same key is taken. */
  readonly key?: string
  /** Checks and types the body. */
  readonly body?: Body
}

/** What must be given: nothing where nothing is wanted. */
type InputArguments<Input, Options> = undefined extends Input
  ? [input?: Input, options?: Options]
  : unknown extends Input
    ? [input?: Input, options?: Options]
    : [input: Input, options?: Options]

/** A branch of `run.race`: a function, so that all it calls is withdrawn when it loses, or the promise of one call. */
export type Branch = (() => unknown) | PromiseLike<unknown>

type BranchValue<B> = B extends () => infer Result ? Awaited<Result> : Awaited<B>

/** Which branch of a race was first, and with what: `winner` narrows `value`. */
export type Winner<Branches extends { readonly [name: string]: Branch }> = {
  [Name in keyof Branches & string]: { readonly winner: Name; readonly value: BranchValue<Branches[Name]> }
}[keyof Branches & string]

/** Which instance this is. */
export interface RunningInstance {
  readonly id: string
  readonly workspace: string
  /** Pass of the instance, from 1. */
  readonly run: number
  /** Who started it, by sign-in name. */
  readonly initiator: string
}

/**
 * What a workflow does. Every call is recorded in order; when the workflow is woken after a crash or a long wait, recorded results are
 * given back and nothing is done twice. A call that fails rejects with a `WorkflowError`.
 */
export interface Run {
  readonly instance: RunningInstance

  /**
   * Runs a task and gives what it returned. Rejects when its retries are used up.
   *
   * @example const receipt = await run.task(pay, { orderId: '42', amount: 30 })
   * @example const page = await run.task<{ status: number }>('http.request', { url: 'https://example.com' }) // built in, by name
   */
  task<Input, Output>(task: TaskReference<Input, Output>, ...args: InputArguments<Input, TaskCallOptions>): Promise<Output>
  task<Output = JsonValue>(task: string, input?: unknown, options?: TaskCallOptions): Promise<Output>

  /**
   * Asks people, and waits in their inbox until one of them has chosen a route. `route` is one of the names given and narrows `form`.
   *
   * @example
   * const answer = await run.ask({
   *   to: group('finance'), title: 'Refund order 42',
   *   routes: ['approve', { name: 'reject', form: z.object({ reason: z.string() }) }],
   * })
   * if (answer.route === 'reject') run.log(`Rejected by ${answer.by}: ${answer.form.reason}`)
   */
  ask<const Routes extends readonly RouteOption[], Form extends z.ZodType = NoForm>(
    options: AskOptions<Routes, Form>,
  ): Promise<Answer<Routes[number], Form>>

  /**
   * Waits for a time, or until a moment. The instance takes no memory meanwhile.
   *
   * @example await run.sleep('1h30m')
   * @example await run.sleep(new Date('2027-01-01T00:00:00Z'))
   */
  sleep(time: Duration | Date, options?: { readonly name?: string }): Promise<void>

  /**
   * Waits for a message of that name, with the body it was published with. One that came before is kept and taken at once.
   *
   * @example const paid = await run.waitFor('payment.received', { key: input.orderId, body: z.object({ cents: z.number() }) })
   * @example const paid = await run.waitFor('payment.received', { within: '3d' }) // null when the time is over
   */
  waitFor<Body extends z.ZodType = z.ZodType<JsonValue>>(message: string, options?: WaitForOptions<Body>): Promise<z.output<Body>>
  waitFor<Body extends z.ZodType = z.ZodType<JsonValue>>(
    message: string,
    options: WaitForOptions<Body> & { readonly within: Duration },
  ): Promise<z.output<Body> | null>

  /**
   * Starts another workflow as a child, waits for it and gives what it returned. Rejects with `CHILD_FAILED` when it fails or is aborted.
   * What reaches this instance (suspend, cancel, terminate) reaches the child.
   *
   * @example const invoice = await run.start(invoiceWorkflow, { orderId: '42' }) // imported from './invoice.workflow.ts'
   * @example await run.start('publish-page', undefined, { payload: { path: '/content/home' } }) // a model, by id
   */
  start<Input, Output>(workflow: WorkflowReference<Input, Output>, ...args: InputArguments<Input, StartOptions>): Promise<Output>
  start<Output = JsonValue>(workflow: string, input?: unknown, options?: StartOptions): Promise<Output>

  /**
   * Tells whoever waits for it in this workspace; kept where nobody does yet.
   *
   * @example run.publish('payment.received', { cents: 3000 }, { key: input.orderId })
   */
  publish(message: string, body?: unknown, options?: { readonly key?: string }): void

  /** Milliseconds since 1970 as of the result being handled: the same at every replay. */
  now(): number
  /** From 0 up to 1, the same at every replay. Not for secrets: it follows from the instance's id. */
  random(): number
  /** A UUID, the same at every replay. Not for secrets: it follows from the instance's id. */
  uuid(): string

  /**
   * A line in the instance's history. `console.log` does the same.
   *
   * @example run.log('Refund rejected', { orderId: input.orderId })
   */
  log(message: string, fields?: unknown): void

  /**
   * Changes the instance's data, which people see and search for.
   *
   * @example run.set({ stage: 'approval', amount: input.amount })
   */
  set(data: { readonly [name: string]: unknown }): void

  /**
   * Runs branches at once and gives the first that settles; what the others wait for is withdrawn in the same commit, also from
   * people's inboxes. Rejects when the first one rejects.
   *
   * @example
   * const first = await run.race({
   *   answer: () => run.ask({ to: user('ana'), title: 'Confirm', routes: ['yes', 'no'] }),
   *   late: () => run.sleep('2d'),
   * })
   * if (first.winner === 'answer') run.log(first.value.route)
   */
  race<const Branches extends { readonly [name: string]: Branch }>(branches: Branches): Promise<Winner<Branches>>

  /**
   * Runs a part of the workflow; when it has returned or thrown, what it left waiting is withdrawn in the same commit.
   *
   * @example
   * const answer = await run.scope(async (scope) => {
   *   void remind(scope) // loops with scope.sleep and scope.task until the scope ends
   *   return scope.ask({ to: group('finance'), title: 'Approve', routes: ['approve', 'reject'] })
   * })
   */
  scope<Result>(part: (scope: Run) => Result): Promise<Awaited<Result>>

  /**
   * Ends this run and begins the next one of the same instance with another input and an empty journal: for workflows that go on for
   * ever. Never resolves.
   *
   * @example return run.continueAsNew({ ...input, page: input.page + 1 })
   */
  continueAsNew(input: unknown): Promise<never>
}
