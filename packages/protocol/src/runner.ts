/**
 * The `Runner` and `TaskRunner` ports: where authors' code runs. The engine never calls it directly, so that code which never yields, eats the memory or
 * ends its process hurts nobody else.
 */
import type { Call, CodeOutcome, Delivery, Failure, JournalEntry } from '@millrace/kernel'
import type { JsonValue } from '@millrace/model'
import type { TaskInfo } from './operate.ts'

export interface AdvanceRequest {
  readonly instance: string
  readonly workspace: string
  readonly run: number
  /** Run the code sees and draws its chance from: that of the journal a restart from a step kept; absent = `run`. */
  readonly asRun?: number
  /** Content hash of the bundle; `loadBundle` is asked when the runner does not have it yet. */
  readonly bundle: string
  readonly input: JsonValue
  readonly data: { readonly [name: string]: JsonValue }
  readonly initiator: string
  /** The one delivery to make now, and the time the code sees while it handles it. */
  readonly delivery: Delivery
  readonly atMs: number
  /** Calls the instance has made so far: a runner that remembers another number replays. */
  readonly calls: number
  /** Entries before this delivery; asked for when the runner does not hold the instance. */
  readonly loadJournal: () => Promise<readonly JournalEntry[]>
}

export type AdvanceAnswer =
  | { readonly kind: 'calls'; readonly calls: readonly Call[]; readonly outcome?: CodeOutcome }
  | { readonly kind: 'failed'; readonly reason: 'killed' | 'stuck' | 'memory' | 'exited' }

/** Runs workflow code. Requests of one instance come one at a time; requests of many instances come together and are sent in batches. */
export interface Runner {
  advance(request: AdvanceRequest): Promise<AdvanceAnswer>
  /** Drop what is held of an instance. */
  forget(instance: string): void
  close(): Promise<void>
}

/** The part of an `AbortSignal` the port needs; the host gives a real one. */
export interface Cancellation {
  readonly aborted: boolean
  addEventListener(type: 'abort', listener: () => void): void
}

export interface TaskAttempt {
  readonly instance: string
  readonly workspace: string
  readonly workflow: string
  readonly step: number
  readonly node: string
  readonly attempt: number
  readonly task: string
  readonly input?: JsonValue
  /** Stable over all attempts of the step. */
  readonly key: string
  readonly timeoutMs?: number
  /** Details of the last attempt's heartbeat. */
  readonly heartbeat?: JsonValue
  /** Where a callback for this step is answered, as a path of the API. */
  readonly callbackToken?: string
}

export type TaskOutcome = { readonly ok: true; readonly output?: JsonValue } | { readonly ok: false; readonly error: Failure }

/** Runs attempts of tasks, in this process (built-in ones) or in a supervised child (authors' own). */
export interface TaskRunner {
  /** Never rejects: an error is an outcome. Resolves at the latest when `timeoutMs` has passed or soon after `signal` aborts. */
  run(attempt: TaskAttempt, signal: () => Cancellation): Promise<TaskOutcome> | TaskOutcome
  has(task: string): boolean
  list(): readonly TaskInfo[]
  close(): Promise<void>
}
