import type { Evaluator } from '@millrace/model'
import type { Program } from './program.ts'
import type { JsonSchema, JsonValue, Principal } from './values.ts'

/** Everything a decision needs from outside, as values: no clock, no chance, no I/O in the kernel. */
export interface Env {
  /** Time of the tick; every fact of it carries this. */
  readonly nowMs: number
  readonly program: Program
  readonly evaluator: Evaluator
  readonly people: People
  /** Problems of `value` against a JSON Schema; empty when it fits. */
  readonly validate: (schema: JsonSchema, value: JsonValue) => readonly FieldProblem[]
  /** A new public id, for a child instance. */
  readonly newId: () => string
}

export interface People {
  /** Somebody can answer: the user exists and is active, or the group has an active member. */
  canAnswer(principal: Principal): boolean
  isMember(user: string, group: string): boolean
}

export interface FieldProblem {
  /** JSON pointer into the value. */
  readonly pointer: string
  readonly message: string
}
