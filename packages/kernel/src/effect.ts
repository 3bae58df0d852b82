/** What the host must do because of a decision. Effects carry everything they need: the host never looks into a state to run one. */
import type { Input } from './input.ts'
import type { ChildStart } from './step.ts'
import type { Failure, JsonValue, Principal } from './values.ts'

export type Effect =
  /** Run an attempt of a task; after COMMIT. Its result comes back as `attempt-succeeded` or `attempt-failed`. */
  | {
      readonly kind: 'attempt'
      readonly step: number
      readonly attempt: number
      readonly task: string
      readonly input?: JsonValue
      readonly timeoutMs?: number
      /** Stable over every attempt of the step: `<instance>:<step>`. */
      readonly key: string
    }
  /** Tell a running attempt to stop. */
  | { readonly kind: 'abort'; readonly step: number }
  /** Run the code: deliver one result (or its start) and take its calls, before COMMIT if the host can. */
  | { readonly kind: 'deliver'; readonly delivery: Delivery }
  /** Forget the code's running function: it ended, or its journal is no longer what it saw. */
  | { readonly kind: 'forget' }
  /** In the same transaction. */
  | { readonly kind: 'start-child'; readonly step: number; readonly start: ChildStart }
  /** Input for another instance, in the same transaction. */
  | { readonly kind: 'tell'; readonly instance: string; readonly input: Input }
  /** To whoever waits for it in the workspace; kept by key where nobody does yet. */
  | { readonly kind: 'publish'; readonly name: string; readonly key?: string; readonly body: JsonValue }
  /** Give the locks back and admit who waits; in the same transaction. */
  | { readonly kind: 'release' }
  /** Tell people by mail or chat; after COMMIT, at most once. */
  | {
      readonly kind: 'notify'
      readonly step: number
      readonly reason: 'opened' | 'reminded' | 'escalated' | 'reassigned'
      readonly to: readonly Principal[]
    }

/**
 * One entry of the journal as the code sees it. `atMs` is when it was recorded, which is the time the code sees, now and at every replay; it is absent in
 * states of older releases, and in the journal, which has it beside.
 */
export type Delivery = { readonly atMs?: number } & (
  | { readonly kind: 'start' }
  | { readonly kind: 'result'; readonly call: number; readonly output?: JsonValue; readonly error?: Failure; readonly route?: string }
)
