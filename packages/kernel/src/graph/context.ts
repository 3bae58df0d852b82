import { type ExpressionContext, ExpressionError, type Node, payloadValue } from '@millrace/model'
import type { Turn } from '../turn.ts'
import type { Failure } from '../values.ts'

/** What expressions of a node see now. */
export const contextOf = (turn: Turn, node: Node): ExpressionContext => ({
  data: turn.state.data,
  payload: payloadValue(turn.state.payload),
  initiator: turn.state.initiator,
  instance: { id: turn.state.id, title: turn.state.title },
  step: { node: node.id, title: node.title, pass: turn.state.passes[node.id] ?? 1 },
  nowMs: turn.env.nowMs,
})

export type Evaluated<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Failure }

/** Runs an expression; one that fails becomes the failure RULE_FAILED of the step, never an exception of the tick. */
export const evaluated = <T>(evaluate: () => T): Evaluated<T> => {
  try {
    return { ok: true, value: evaluate() }
  } catch (error) {
    // A duration that a template gave and that is none.
    if (error instanceof RangeError) return { ok: false, error: { code: 'RULE_FAILED', message: error.message } }
    if (!(error instanceof ExpressionError)) throw error
    return { ok: false, error: { code: 'RULE_FAILED', message: error.message, details: { expression: error.source, reason: error.code } } }
  }
}
