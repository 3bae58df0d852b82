import type { ChildStart, RetryPolicy } from '../step.ts'
import type { Data, JsonSchema, JsonValue, Principal, Route } from '../values.ts'

/**
 * One call a code workflow made on `run`, in the order it made them. `call` is its position in the journal, from 1.
 * `now`, `random` and `uuid` are not calls: they are derived from the instance id and the journal.
 */
export type Call = { readonly call: number } & (
  | {
      readonly kind: 'task'
      readonly name: string
      readonly task: string
      readonly input?: JsonValue
      readonly retry?: RetryPolicy
      readonly attemptTimeoutMs?: number
    }
  | {
      readonly kind: 'ask'
      readonly name: string
      readonly to: readonly Principal[]
      readonly title: string
      readonly description?: string
      readonly routes: readonly Route[]
      readonly form?: JsonSchema
      readonly initial?: JsonValue
      readonly dueInMs?: number
      readonly priority?: number
      readonly metadata?: JsonValue
    }
  | { readonly kind: 'sleep'; readonly name: string; readonly untilMs?: number; readonly forMs?: number }
  | { readonly kind: 'wait-for'; readonly name: string; readonly message: string; readonly key?: string; readonly withinMs?: number }
  | { readonly kind: 'start'; readonly name: string; readonly start: Omit<ChildStart, 'id'> }
  | { readonly kind: 'publish'; readonly message: string; readonly key?: string; readonly body: JsonValue }
  | { readonly kind: 'log'; readonly message: string; readonly fields?: JsonValue }
  | { readonly kind: 'set'; readonly data: Data }
  /** Losers of a race or a scope that ended. */
  | { readonly kind: 'withdraw'; readonly calls: readonly number[] }
  | { readonly kind: 'continue-as-new'; readonly input: JsonValue }
)

/** What identifies a call when the journal is replayed: kind and name, never the arguments. */
export const callSignature = (call: Call): string => {
  switch (call.kind) {
    case 'task':
    case 'ask':
    case 'sleep':
    case 'wait-for':
    case 'start':
      return `${call.kind}:${call.name}`
    case 'publish':
      return `publish:${call.message}`
    case 'log':
    case 'set':
    case 'withdraw':
    case 'continue-as-new':
      return call.kind
  }
}
