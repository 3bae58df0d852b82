/**
 * State of an instance: the fold of its facts (property-tested), small, stored as a snapshot.
 *
 * Owns: what the next decision needs. Does not own: history (facts), the version's content (program), what people query (projections).
 *
 * Invariants:
 * I1. `state === facts.reduce(apply, initial)`: nothing changes it but `apply`.
 * I2. `steps` holds open steps only; `tokens` only tokens that rest on transitions into a join that has not fired.
 * I3. An open RUNNING graph has a step or an unfired join with a step before it; otherwise it has ended.
 * I4. A final status never changes within a run; a restart begins the next run.
 */

import type { Replay } from './code/replay.ts'
import type { Delivery } from './effect.ts'
import type { Input } from './input.ts'
import type { Status } from './status.ts'
import type { Step } from './step.ts'
import type { Data, Failure, JsonValue, Payload } from './values.ts'

/** Written with every stored state and fact (DESIGN 5.9). */
export const FORMAT = 1

export interface State {
  readonly format: typeof FORMAT
  readonly id: string
  readonly workspace: string
  readonly workflow: string
  readonly version: number
  readonly kind: 'graph' | 'code'
  readonly status: Status
  /** Pass of the instance, from 1. */
  readonly run: number
  /** Facts folded so far = sequence number of the last one. */
  readonly facts: number
  readonly title: string
  /** Who started it. */
  readonly initiator: string
  readonly createdAtMs: number
  /** When it joined the line for its locks, where that was not as it was made. */
  readonly queuedAtMs?: number
  readonly startedAtMs?: number
  readonly endedAtMs?: number
  readonly payload: Payload
  readonly data: Data
  /** What a code workflow's function was called with. */
  readonly input?: JsonValue
  /** 0 to 100. */
  readonly priority: number
  readonly locks: readonly string[]
  /** Asked to skip its deployment lock. */
  readonly force?: true
  /** Tasks nobody offers are played. */
  readonly simulate?: true
  /** SCHEDULED: when it falls due. */
  readonly startAtMs?: number
  /** CANCELLING: when attempts that have not stopped are given up. */
  readonly cancelByMs?: number
  /** What was open when the last run ended before its end: where resume goes on. */
  readonly left?: { readonly nodes: readonly string[]; readonly tokens: { readonly [edge: string]: number } }
  readonly parent?: ParentRef
  /** Number of the last step opened, over all runs. */
  readonly lastStep: number
  readonly steps: { readonly [n: string]: Step }
  /** Tokens resting before joins: edge → how many. */
  readonly tokens: { readonly [edge: string]: number }
  /** How often each node of a loop was entered in this run. */
  readonly passes: { readonly [node: string]: number }
  /** Messages that came before somebody waited for them, oldest first. */
  readonly messages: readonly KeptMessage[]
  /** Inputs recorded while SUSPENDED, applied in this order at resume. */
  readonly held: readonly Input[]
  /** Person who last completed each participant node, for exclusions. */
  readonly decidedBy: { readonly [node: string]: string }
  /** A restart from a call that has not been admitted yet. */
  readonly replay?: Replay
  readonly code?: CodeState
  /** Result of a completed run. */
  readonly output?: JsonValue
  /** Why a run FAILED. */
  readonly error?: Failure
  /** Stopped as a whole (code that cannot go on); steps have their own. */
  readonly incident?: Failure & { readonly atMs: number }
  readonly reason?: string
  /** When it was suspended, or its cancel asked for. */
  readonly stoppedAtMs?: number
}

export interface ParentRef {
  readonly instance: string
  readonly step: number
}

export interface KeptMessage {
  readonly name: string
  readonly key?: string
  readonly body: JsonValue
  readonly atMs: number
}

export interface CodeState {
  /** Calls made so far = position of the last one. */
  readonly calls: number
  /** Sequence number of the fact that began the run (`created`, `admitted`, `restarted`): its journal begins after it. */
  readonly journalFrom: number
  /** Times the runner died on this activation; RUNNER_KILLED at 2. */
  readonly kills: number
  /** Run the function sees and draws its chance from, where a restart from a call kept the journal of that one; absent = `run`. */
  readonly asRun?: number
  /** Delivery that is on its way to the function; nothing else is delivered until its calls have come (one result at a time). */
  readonly delivering?: Delivery
}
