/**
 * A fact: one immutable record of what happened in an instance. Facts are the only record: for graphs the history, for code the journal.
 * Facts of one tick are stored as one row, so a fact's keys are part of the disk format: short words, nothing that can be derived.
 */
import type { ParentRef } from './state.ts'
import type { Step, Wait } from './step.ts'
import type { Data, Edge, Failure, JsonValue, Payload, Principal } from './values.ts'
import type { Input } from './input.ts'

export type Fact = { readonly at: number } & FactBody

/** Who did it, and on whose behalf; absent = the host itself. */
export interface By {
  readonly by?: string
  readonly for?: string
}

export type FactBody =
  // life of the instance and its runs
  | ({
      readonly t: 'created'
      readonly id: string
      readonly workspace: string
      readonly workflow: string
      readonly version: number
      readonly kind: 'graph' | 'code'
      readonly title: string
      readonly payload: Payload
      readonly data?: Data
      readonly input?: JsonValue
      readonly status: 'RUNNING' | 'QUEUED' | 'SCHEDULED'
      readonly locks?: readonly string[]
      readonly force?: true
      readonly startAtMs?: number
      readonly parent?: ParentRef
      readonly priority?: number
    } & By)
  /** A scheduled start fell due, or a restart or resume was asked for, and a lock is in the way. */
  | { readonly t: 'queued' }
  /** The run was admitted (first runs that start at once say so in `created`). */
  | { readonly t: 'admitted' }
  | ({ readonly t: 'suspended'; readonly reason?: string } & By)
  | ({ readonly t: 'resumed' } & By)
  | ({ readonly t: 'cancelling'; readonly reason?: string } & By)
  | ({
      readonly t: 'ended'
      readonly status: 'COMPLETED' | 'FAILED' | 'ABORTED'
      readonly output?: JsonValue
      readonly error?: Failure
      readonly reason?: string
    } & By)
  /** The next run begins: from the start, or with a token on `from`. `keepSteps`: code replays its journal up to that call. */
  | ({
      readonly t: 'restarted'
      readonly run: number
      readonly status: 'RUNNING' | 'QUEUED'
      readonly from?: string
      readonly data: Data
      readonly version?: number
    } & By)
  // token game
  /** A node without work of its own (split, join, goto, start, end) was passed. */
  | { readonly t: 'passed'; readonly node: string; readonly in: readonly Edge[]; readonly out: readonly Edge[] }
  /** Tokens and steps left in the block of a join that needed fewer were taken away. */
  | { readonly t: 'cleared'; readonly edges: readonly Edge[] }
  // steps
  | {
      readonly t: 'opened'
      readonly step: number
      readonly node: string
      readonly in?: readonly Edge[]
      readonly call?: number
      readonly wait: Wait
      readonly timers?: Step['timers']
    }
  /** A chooser or rule has answered and the step now waits for something else. */
  | { readonly t: 'turned'; readonly step: number; readonly wait: Wait; readonly timers?: Step['timers'] }
  /** `out` = transitions taken; `data` = what it changed; `error` only for code, where a failed call rejects. */
  | ({
      readonly t: 'closed'
      readonly step: number
      readonly out?: readonly Edge[]
      readonly output?: JsonValue
      readonly error?: Failure
      readonly route?: string
      readonly comment?: string
      readonly data?: Data
      readonly skipped?: true
    } & By)
  | ({ readonly t: 'withdrawn'; readonly step: number; readonly reason: string } & By)
  // attempts
  | { readonly t: 'attempt-failed'; readonly step: number; readonly attempt: number; readonly error: Failure; readonly retryAtMs?: number }
  | { readonly t: 'attempt-started'; readonly step: number; readonly attempt: number }
  /** The task returned; the step goes on waiting (callback), or asks again (poll). */
  | {
      readonly t: 'attempt-returned'
      readonly step: number
      readonly attempt: number
      readonly output?: JsonValue
      readonly retryAtMs?: number
    }
  // incidents
  | { readonly t: 'incident'; readonly step?: number; readonly error: Failure }
  | ({ readonly t: 'incident-resolved'; readonly step?: number; readonly how: 'retried' | 'skipped' | 'reassigned' } & By)
  // work items
  | ({ readonly t: 'claimed'; readonly step: number } & By)
  | ({ readonly t: 'unclaimed'; readonly step: number } & By)
  | ({
      readonly t: 'assigned'
      readonly step: number
      readonly how: 'delegated' | 'reassigned' | 'escalated'
      readonly assignee?: string
      readonly candidates: readonly Principal[]
      readonly priority?: number
      readonly comment?: string
    } & By)
  | ({ readonly t: 'commented'; readonly step: number; readonly text: string } & By)
  | { readonly t: 'reminded'; readonly step: number }
  /** A deadline fired; `timers` = those that remain. */
  | { readonly t: 'timed-out'; readonly step: number; readonly timeout: number; readonly timers: NonNullable<Step['timers']> }
  // data and messages
  | ({ readonly t: 'data'; readonly data: Data; readonly call?: number } & By)
  | { readonly t: 'message'; readonly name: string; readonly key?: string; readonly body: JsonValue }
  /** Recorded while SUSPENDED or CANCELLING. */
  | { readonly t: 'held'; readonly input: Input }
  // code: calls that do not wait
  | { readonly t: 'logged'; readonly call: number; readonly message: string; readonly fields?: JsonValue }
  | { readonly t: 'published'; readonly call: number; readonly name: string; readonly key?: string; readonly body: JsonValue }
  | { readonly t: 'withdrew'; readonly call: number; readonly calls: readonly number[] }
  | { readonly t: 'continued'; readonly call: number; readonly input: JsonValue }
  /** The runner died or was ended while it ran this instance. */
  | { readonly t: 'runner-killed'; readonly kills: number; readonly reason: string }

export type FactType = FactBody['t']
