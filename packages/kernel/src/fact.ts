/**
 * A fact: one immutable record of what happened in an instance. Facts are the only record: for graphs the history, for code the journal.
 * Facts of one tick are stored as one row, so a fact's keys are part of the disk format: short words, nothing that can be derived.
 */
import type { Replay } from './code/replay.ts'
import type { Input } from './input.ts'
import type { ParentRef, State } from './state.ts'
import type { Step, Wait } from './step.ts'
import type { Data, Edge, Failure, JsonValue, Payload, Principal } from './values.ts'

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
      readonly simulate?: true
    } & By)
  /** A scheduled start fell due, or a restart or resume was asked for, and a lock is in the way. */
  | { readonly t: 'queued' }
  /** The run was admitted (first runs that start at once say so in `created`). */
  | { readonly t: 'admitted' }
  | ({ readonly t: 'suspended'; readonly reason?: string } & By)
  | ({ readonly t: 'resumed' } & By)
  | ({ readonly t: 'cancelling'; readonly untilMs: number; readonly reason?: string; readonly left?: State['left'] } & By)
  | ({
      readonly t: 'ended'
      readonly status: 'COMPLETED' | 'FAILED' | 'ABORTED'
      readonly output?: JsonValue
      readonly error?: Failure
      readonly reason?: string
      /** What was open, so that a resume can go on there. */
      readonly left?: State['left']
    } & By)
  /** The next run begins: from the start, or at the nodes of `from` with the tokens that rested before joins. */
  | ({
      readonly t: 'restarted'
      readonly run: number
      readonly status: 'RUNNING' | 'QUEUED'
      readonly from?: readonly string[]
      readonly tokens?: State['tokens']
      readonly data: Data
      readonly input?: JsonValue
      /** Code: the journal before this fact of an earlier run is kept, then this is delivered again. */
      readonly replay?: Replay
    } & By)
  // token game
  /** A node without work of its own (split, join, goto, start, end) was passed. */
  | { readonly t: 'passed'; readonly node: string; readonly in: readonly Edge[]; readonly out: readonly Edge[]; readonly pass?: number }
  /** Tokens left in the block of a join that needed fewer were taken away; its steps are withdrawn one by one. */
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
      /** Which pass of a node in a loop, from 1. */
      readonly pass?: number
      readonly side?: true
      /** A call of an earlier run that the journal has already and that waits anew. */
      readonly again?: true
    }
  /** A chooser or rule has answered and the step now waits for something else. */
  | { readonly t: 'turned'; readonly step: number; readonly wait: Wait; readonly timers?: Step['timers']; readonly pass?: number }
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
      /** The kept message it took, by its place in line. */
      readonly took?: number
    } & By)
  | ({ readonly t: 'withdrawn'; readonly step: number; readonly reason: string } & By)
  // attempts
  | {
      readonly t: 'attempt-failed'
      readonly step: number
      readonly attempt: number
      readonly error: Failure
      readonly retryAtMs?: number
      /** The failure asked for a longer wait than the policy's own. */
      readonly asked?: true
    }
  | { readonly t: 'attempt-started'; readonly step: number; readonly attempt: number }
  /** The task returned; the step goes on waiting (callback), or asks again (poll). */
  | {
      readonly t: 'attempt-returned'
      readonly step: number
      readonly attempt: number
      readonly output?: JsonValue
      readonly retryAtMs?: number
    }
  /** A callback that came before the task returned. */
  | { readonly t: 'callback'; readonly step: number; readonly body: JsonValue }
  // incidents
  /** `took`: the kept message it took, by its place in line, as of `closed`. */
  | { readonly t: 'incident'; readonly step?: number; readonly error: Failure; readonly took?: number }
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
  /** Recorded to be applied later: while SUSPENDED, or while the code handles another delivery. */
  | { readonly t: 'held'; readonly input: Input }
  /** The oldest held input is applied now. */
  | { readonly t: 'released' }
  // code: calls that do not wait
  | { readonly t: 'logged'; readonly call: number; readonly message: string; readonly fields?: JsonValue }
  | { readonly t: 'published'; readonly call: number; readonly name: string; readonly key?: string; readonly body: JsonValue }
  | { readonly t: 'withdrew'; readonly call: number; readonly calls: readonly number[] }
  | { readonly t: 'continued'; readonly call: number; readonly input: JsonValue }
  /** The function handled a delivery and made no call. */
  | { readonly t: 'ran' }
  /** The runner died or was ended while it ran this instance. */
  | { readonly t: 'runner-killed'; readonly kills: number; readonly reason: string }

export type FactType = FactBody['t']
