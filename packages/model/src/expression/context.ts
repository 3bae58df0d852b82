/**
 * What an expression may read, as types (declarations, at Sync) and as values (context, at run time).
 *
 * | name | what |
 * | --- | --- |
 * | `data` | the instance's data by declared name |
 * | `payload` | `payload.path`, `payload.uuid` or `payload.url` of a reference; of a JSON payload the document itself (`payload.amount`) |
 * | `initiator` | user name of who started the instance |
 * | `instance` | `instance.id`, `instance.title` |
 * | `step` | `step.node`, `step.title`, `step.pass` (from 1) of the node the expression belongs to |
 * | `now` | the moment of the decision, a timestamp, given by the host |
 *
 * A JSON number is a CEL double, as in CEL's own mapping of JSON; arithmetic and comparison with integer literals is allowed
 * (`data.amount + 1`). `int(x)` asks for integer division and list positions.
 */
import type { JsonSchema, JsonValue, Model, PayloadKind } from '../model.ts'

export interface Declarations {
  readonly data: { readonly [name: string]: JsonSchema }
  readonly payload: PayloadKind
  readonly payloadSchema?: JsonSchema
}

export interface ExpressionContext {
  readonly data: { readonly [name: string]: JsonValue }
  /** See {@link payloadValue}. */
  readonly payload: JsonValue
  readonly initiator: string
  readonly instance: { readonly id: string; readonly title: string }
  readonly step?: { readonly node: string; readonly title: string; readonly pass: number }
  /** Milliseconds since the epoch. */
  readonly nowMs: number
}

/** Names an expression may start with. */
export const EXPRESSION_NAMES = ['data', 'payload', 'initiator', 'instance', 'step', 'now'] as const

/** What the expressions of a model may read. Keep the result: compiled type checks are cached by it. */
export function declarationsOf(model: Pick<Model, 'data' | 'payload' | 'payloadSchema'>): Declarations {
  return { data: model.data, payload: model.payload, ...(model.payloadSchema === undefined ? {} : { payloadSchema: model.payloadSchema }) }
}

/** What expressions see of a payload: `{ path }`, `{ uuid }`, `{ url }`, the JSON document, or null. */
export function payloadValue(
  payload:
    | { readonly kind: 'path' | 'uuid' | 'url'; readonly ref: string }
    | { readonly kind: 'json'; readonly json: JsonValue }
    | { readonly kind: 'none' },
): JsonValue {
  switch (payload.kind) {
    case 'none':
      return null
    case 'json':
      return payload.json
    default:
      return { [payload.kind]: payload.ref }
  }
}
