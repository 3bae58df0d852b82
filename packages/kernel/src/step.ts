/**
 * A step: one activation of a node, or one call of a code workflow that waits. It owns what the step waits for; how it came to be
 * (token game or journal) is not its business, which is why graphs and code share every kind of wait, retry, incident and timer.
 */
import type { Data, Failure, JsonSchema, JsonValue, Payload, Principal, Route } from './values.ts'

export interface Step {
  /** Number inside the instance, from 1, never reused, also not by a later run. */
  readonly n: number
  /** Node of the model; for code, the name of the call: the task, the request, `sleep`. */
  readonly node: string
  /** Position of the call in the journal, from 1; only for code. */
  readonly call?: number
  readonly openedAtMs: number
  readonly wait: Wait
  /** Deadlines that have not fired (or fire again), by their index in the node's `timeouts`. */
  readonly timers?: readonly StepTimer[]
  /** Runs beside the graph (a deadline's task): closing it moves no token. */
  readonly isSide?: true
  /** The step failed and waits for an administrator. */
  readonly incident?: Incident
}

export interface StepTimer {
  /** Index in the node's `timeouts`. */
  readonly timeout: number
  readonly dueAtMs: number
}

export interface Incident extends Failure {
  readonly atMs: number
}

export type Wait = TaskWait | WorkItemWait | TimerWait | MessageWait | CallbackWait | ChildWait

/** Runs a task: attempts until one succeeds or the policy is exhausted. */
export interface TaskWait {
  readonly kind: 'task'
  readonly task: string
  readonly input?: JsonValue
  /** Try that is running, or failed last; from 1. */
  readonly attempt: number
  /** Set between two tries: when the next one starts. */
  readonly retryAtMs?: number
  /** What failed asked for this wait: it is longer than the policy's own. */
  readonly asked?: true
  /** The task returned and its callback (or a person) is waited for: `autoAdvance: false`. */
  readonly awaitsCallback?: true
  /** Polling step: when it gives up. */
  readonly giveUpAtMs?: number
  /** What its output decides; absent = the output is the step's. */
  readonly decides?: 'branch' | 'assign'
  /** Retry policy and attempt timeout of a code call; a node's are in the model. */
  readonly retry?: RetryPolicy
  readonly attemptTimeoutMs?: number
  /** Attempt from which the retry policy counts: after an administrator's retry it counts afresh. */
  readonly policyFrom?: number
  /** A callback that came before the task returned. */
  readonly early?: { readonly body: JsonValue }
}

export interface RetryPolicy {
  /** Tries in all. */
  readonly attempts: number
  readonly initialMs: number
  readonly factor: number
  readonly maxMs: number
  /** Share of the wait that is random, 0 to 1. */
  readonly jitter: number
  readonly nonRetryable: readonly string[]
}

/** Waits for a person. */
export interface WorkItemWait {
  readonly kind: 'work-item'
  readonly title: string
  /** Markdown. */
  readonly description?: string
  readonly assignee?: string
  /** Who may claim and decide when nobody is assigned, and who may be delegated to. */
  readonly candidates: readonly Principal[]
  readonly claimedAtMs?: number
  readonly dueAtMs?: number
  /** 0 to 100. */
  readonly priority: number
  /** Counts every change; a decision names the one it saw (compare-and-set). */
  readonly version: number
  /** People who may not decide, with the reason. */
  readonly excluded?: readonly { readonly user: string; readonly reason: string }[]
  /** Routes and form of a request from code; a node's are in the model. */
  readonly routes?: readonly Route[]
  readonly form?: JsonSchema
  readonly initial?: JsonValue
  readonly metadata?: JsonValue
  readonly comments?: number
}

export interface TimerWait {
  readonly kind: 'timer'
  readonly dueAtMs: number
}

export interface MessageWait {
  readonly kind: 'message'
  readonly name: string
  readonly key?: string
  /** Gives up with `null`; only for code's `waitFor` with a limit. */
  readonly dueAtMs?: number
}

export interface CallbackWait {
  readonly kind: 'callback'
}

/** Waits for a child instance. */
export interface ChildWait {
  readonly kind: 'child'
  readonly child: string
  readonly workflow: string
  /** What code started it with, for a restart that starts it anew; a node's is in the model. */
  readonly start?: Omit<ChildStart, 'id'>
}

/** What a child is started with. */
export interface ChildStart {
  readonly id: string
  readonly workflow: string
  readonly version: 'latest' | number
  readonly payload: Payload
  readonly data: Data
  readonly input?: JsonValue
  readonly title?: string
}
