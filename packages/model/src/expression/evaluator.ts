import type { JsonValue } from '../model.ts'
import { evaluateExpression } from './compile.ts'
import type { ExpressionContext } from './context.ts'
import { ExpressionError, quoted } from './error.ts'
import { evaluateTemplate, evaluateTemplateText } from './template.ts'

/**
 * What the kernel needs of expressions, as a value in its environment. Every function is synchronous, deterministic and limited in
 * cost, and throws {@link ExpressionError}.
 */
export interface Evaluator {
  /** A condition. A result that is not a boolean throws EXPRESSION_RESULT. */
  readonly rule: (source: string, context: ExpressionContext) => boolean
  readonly value: (source: string, context: ExpressionContext) => JsonValue
  /** A moment, in milliseconds since the epoch: a timestamp or an ISO date text (with a zone, or UTC). */
  readonly date: (source: string, context: ExpressionContext) => number
  /** `user:x` and `group:x`, one or a list; none or another form throws EXPRESSION_RESULT. */
  readonly principals: (source: string, context: ExpressionContext) => readonly string[]
  /** Templates in every string of a value; a whole-string template keeps its value's type. */
  readonly template: (value: JsonValue, context: ExpressionContext) => JsonValue
  /** A template that gives text, for titles. */
  readonly text: (template: string, context: ExpressionContext) => string
}

/** The evaluator over CEL; sources are compiled once and kept. */
export const celEvaluator: Evaluator = {
  rule: (source, context) => {
    const value = evaluateExpression(source, context)
    if (typeof value === 'boolean') return value
    throw new ExpressionError(
      'EXPRESSION_RESULT',
      source,
      `Rule ${quoted(source)} gives ${JSON.stringify(value)} instead of true or false.`,
    )
  },
  value: evaluateExpression,
  date: (source, context) => dateOf(evaluateExpression(source, context), source),
  principals: (source, context) => principalsOf(evaluateExpression(source, context), source),
  template: evaluateTemplate,
  text: (template, context) => {
    const value = evaluateTemplateText(template, context)
    return typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value)
  },
}

/** `2026-05-01`, `2026-05-01T10:00:00Z`, `…+02:00`; a time without a zone would mean the host's, so it is read as UTC. */
const ISO_DATE = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/

/** Milliseconds of a date a rule or task gave. Throws ExpressionError EXPRESSION_RESULT when it is none. */
export function dateOf(value: JsonValue, source: string): number {
  const match = typeof value === 'string' ? ISO_DATE.exec(value) : null
  if (match !== null && typeof value === 'string') {
    const ms = Date.parse(value.includes('T') && match[1] === undefined ? `${value}Z` : value)
    if (!Number.isNaN(ms)) return ms
  }
  throw new ExpressionError(
    'EXPRESSION_RESULT',
    source,
    `Expression ${quoted(source)} gives ${JSON.stringify(value)}, which is no date. Give a timestamp or ISO text.`,
  )
}

/** The people a rule or a chooser task named. Throws ExpressionError EXPRESSION_RESULT for anything else. */
export function principalsOf(value: JsonValue, source: string): readonly string[] {
  const list: readonly JsonValue[] = Array.isArray(value) ? value : [value]
  const isUsable = list.length > 0 && list.every((entry) => typeof entry === 'string' && /^(user|group):./.test(entry))
  if (isUsable) return list as readonly string[]
  throw new ExpressionError(
    'EXPRESSION_RESULT',
    source,
    `${quoted(source)} gives ${JSON.stringify(value)}; it must give "user:name", "group:name" or a list of them.`,
  )
}
