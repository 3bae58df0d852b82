/** What can happen to an instance: commands of people, results, due timers, messages, calls of its code. */
import type { Call } from './code/call.ts'
import type { Replay } from './code/replay.ts'
import type { By } from './fact.ts'
import type { ParentRef } from './state.ts'
import type { Actor, Data, Failure, JsonValue, Payload, Principal } from './values.ts'

export type Input = StartInput | RunInput | StepInput | WorkItemInput | CodeInput

export interface StartInput {
  readonly kind: 'start'
  readonly id: string
  readonly workspace: string
  readonly workflow: string
  readonly version: number
  readonly title?: string
  readonly payload: Payload
  readonly data: Data
  /** For code: what the function is called with. */
  readonly input?: JsonValue
  readonly by: Actor
  readonly priority?: number
  readonly locks?: readonly string[]
  readonly force?: boolean
  readonly simulate?: boolean
  readonly startAtMs?: number
  readonly parent?: ParentRef
  /** What admission decided; absent = RUNNING. */
  readonly status?: 'RUNNING' | 'QUEUED' | 'SCHEDULED'
}

export type RunInput =
  /** Locks were granted. */
  | { readonly kind: 'admit' }
  /** The time of a scheduled start has come; `status` says what admission decided. */
  | { readonly kind: 'fall-due'; readonly status: 'RUNNING' | 'QUEUED' }
  | { readonly kind: 'suspend'; readonly by: Actor; readonly reason?: string }
  | {
      readonly kind: 'resume'
      readonly by: Actor
      readonly status?: 'RUNNING' | 'QUEUED'
      /** A resumed parent tells its children: one that has ended meanwhile begins no next run. */
      readonly ifSuspended?: true
    }
  /** Ends orderly: attempts get their abort and a limited time. */
  | { readonly kind: 'cancel'; readonly by: Actor; readonly reason?: string }
  /** Ends at once. */
  | { readonly kind: 'terminate'; readonly by: Actor; readonly reason?: string }
  /** Begins the next run, from the start or from a node; `data` replaces (from start) or is merged over (from a node) what it has. */
  | {
      readonly kind: 'restart'
      readonly by: Actor
      readonly from?: string
      readonly data?: Data
      readonly status?: 'RUNNING' | 'QUEUED'
      /** For code, what `from` means in its journal; the host reads it there (`replayFrom`). */
      readonly replay?: Replay
    }
  | { readonly kind: 'set-data'; readonly by: Actor; readonly data: Data }
  | { readonly kind: 'message'; readonly name: string; readonly key?: string; readonly body: JsonValue }

export type StepInput =
  | { readonly kind: 'attempt-succeeded'; readonly step: number; readonly attempt: number; readonly output?: JsonValue }
  | { readonly kind: 'attempt-failed'; readonly step: number; readonly attempt: number; readonly error: Failure }
  /** A timer is due: `timeout` = index of the deadline; absent = the step's own (sleep, retry, poll). */
  | { readonly kind: 'timer'; readonly step: number; readonly timeout?: number }
  | { readonly kind: 'callback'; readonly step: number; readonly body: JsonValue }
  | {
      readonly kind: 'child-ended'
      readonly step: number
      readonly child: string
      readonly status: 'COMPLETED' | 'FAILED' | 'ABORTED'
      readonly data: Data
      readonly output?: JsonValue
      readonly error?: Failure
    }
  /** The child could not be started. */
  | { readonly kind: 'child-refused'; readonly step: number; readonly error: Failure }
  /** The kernel's own, only ever held: how a call's step ends once the function has handled what came before. */
  | {
      readonly kind: 'settle'
      readonly step: number
      readonly output?: JsonValue
      readonly error?: Failure
      readonly route?: string
      readonly comment?: string
      readonly by?: By
    }
  /** Try again: an incident, or a retry that is waiting. */
  | { readonly kind: 'retry'; readonly by: Actor; readonly step?: number; readonly data?: Data }
  /** Complete without its work. */
  | { readonly kind: 'skip'; readonly by: Actor; readonly step: number; readonly route?: string; readonly output?: JsonValue }

export type WorkItemInput =
  | {
      readonly kind: 'complete'
      readonly by: Actor
      readonly step: number
      readonly route?: string
      readonly answer?: Data
      readonly comment?: string
      /** Version of the item the person saw; another one is a 409. */
      readonly version?: number
    }
  | { readonly kind: 'claim'; readonly by: Actor; readonly step: number; readonly version?: number }
  | { readonly kind: 'unclaim'; readonly by: Actor; readonly step: number; readonly version?: number }
  | {
      readonly kind: 'delegate'
      readonly by: Actor
      readonly step: number
      readonly to: Principal
      readonly comment?: string
      readonly version?: number
    }
  | { readonly kind: 'comment'; readonly by: Actor; readonly step: number; readonly text: string }
  /** Back to a node this run already passed; absent = the last one a person decided. */
  | {
      readonly kind: 'step-back'
      readonly by: Actor
      readonly step: number
      readonly to?: string
      readonly comment?: string
      readonly version?: number
    }

export type CodeInput =
  /** What the function did after the last delivery. */
  | { readonly kind: 'calls'; readonly calls: readonly Call[]; readonly outcome?: CodeOutcome; readonly of?: AnsweredDelivery }
  /** The kernel's own, only ever held: the next run of code that continued as new while SUSPENDED. */
  | { readonly kind: 'continue'; readonly input: JsonValue }
  | { readonly kind: 'runner-failed'; readonly reason: 'killed' | 'stuck' | 'memory' | 'exited'; readonly of?: AnsweredDelivery }

/** The delivery that was answered, by the run and the calls made before it; an answer to another than the one on its way now comes too late and is ignored. */
export interface AnsweredDelivery {
  readonly run: number
  readonly calls: number
  /** The call whose result was delivered; absent for the start. */
  readonly call?: number
}

export type CodeOutcome =
  | { readonly kind: 'returned'; readonly output?: JsonValue }
  | { readonly kind: 'threw'; readonly error: Failure }
  /** A call differs from the journal: the instance stops with both traces. */
  | { readonly kind: 'not-deterministic'; readonly expected: string; readonly actual: string; readonly call: number }
