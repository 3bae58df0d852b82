import type { z } from 'zod'
import type { Duration } from './duration.ts'
import type { Journaled, JsonValue } from './json.ts'
import type { Retry } from './retry.ts'

declare global {
  // Authors pass the signal on to `fetch`; this package knows neither Node's types nor the DOM's, and joins whichever is there.
  interface AbortSignal {}
}

export interface TaskOptions<Input extends z.ZodType> {
  /** Unique among all tasks of the host: lower case, parts joined by dots, such as `refund.pay`. */
  readonly name: string
  readonly title?: string
  readonly description?: string
  /** What the task is called with; checked before each attempt. */
  readonly input: Input
  /** Absent: the host's policy (three tries). */
  readonly retry?: Retry
  /** Longest time of one attempt. */
  readonly timeout?: Duration
  /** Longest time between two calls of `context.heartbeat`; the attempt fails when it goes by. */
  readonly heartbeat?: Duration
}

/** What an attempt knows about itself. */
export interface TaskContext {
  /** Aborts when the attempt times out, its instance is cancelled, or its call was withdrawn. Pass it on. */
  readonly signal: AbortSignal
  /** Which try this is, from 1. */
  readonly attempt: number
  /** The same for every attempt of this step: give it to the other side as its idempotency key. */
  readonly key: string
  /** Id of the instance. */
  readonly instance: string
  /** Id of the workflow or model. */
  readonly workflow: string
  readonly workspace: string
  /** What the last attempt said in its last heartbeat. */
  readonly lastHeartbeat?: JsonValue
  /** Path of the API where somebody else may answer for this step; only where the step waits for a callback. */
  readonly callback?: string
  /** A line in the host's log, with the instance and the step. */
  log(message: string, fields?: JsonValue): void
  /** Says that the attempt is alive, and where it is: the next attempt gets the details. */
  heartbeat(details?: JsonValue): void
}

/** What a workflow knows of a task: its name and policies, not its code. Importing a `*.task.ts` from a workflow gives this. */
export interface TaskReference<Input, Output> {
  readonly kind: 'task'
  readonly name: string
  readonly retry?: Retry
  readonly timeout?: Duration
  /** Only for the compiler. */
  readonly '~types'?: { readonly input: Input; readonly output: Output }
}

/** A task: what `defineTask` makes. */
export interface Task<Input = unknown, Output = unknown> extends TaskReference<Input, Output> {
  readonly title?: string
  readonly description?: string
  readonly input: z.ZodType
  readonly output?: z.ZodType
  readonly heartbeat?: Duration
  readonly execute: (input: never, context: TaskContext) => unknown
}

const NAME = /^[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*$/i

/**
 * Defines a named unit of automatic work, to be exported from a file called `*.task.ts`. It runs at least once, outside the workflow, and
 * may do whatever Node can; a failed attempt is tried again by its policy. What it returns is stored as JSON.
 *
 * @throws TypeError when the name is no task name.
 * @example
 * export const pay = defineTask(
 *   { name: 'refund.pay', input: z.object({ orderId: z.string(), amount: z.number().positive() }), retry: { attempts: 5 }, timeout: '30s' },
 *   async (refund, { key, signal }) => {
 *     const answer = await fetch('https://bank.example/refunds', { method: 'POST', headers: { 'Idempotency-Key': key }, body: JSON.stringify(refund), signal })
 *     return { status: answer.status }
 *   },
 * )
 */
export function defineTask<const Input extends z.ZodType, const Output extends z.ZodType>(
  options: TaskOptions<Input> & { readonly output: Output },
  execute: (input: z.output<Input>, context: TaskContext) => z.input<Output> | Promise<z.input<Output>>,
): Task<z.input<Input>, Journaled<z.output<Output>>>
export function defineTask<const Input extends z.ZodType, Result>(
  options: TaskOptions<Input>,
  execute: (input: z.output<Input>, context: TaskContext) => Result,
): Task<z.input<Input>, Journaled<Awaited<Result>>>
export function defineTask(options: TaskOptions<z.ZodType> & { readonly output?: z.ZodType }, execute: Task['execute']): Task {
  if (typeof options.name !== 'string' || !NAME.test(options.name)) {
    throw new TypeError(`${JSON.stringify(options.name)} is no name for a task: use letters, digits and dots, such as 'refund.pay'.`)
  }
  return Object.freeze({ ...options, kind: 'task' as const, execute })
}
