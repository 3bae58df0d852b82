import { ParseError, type ParseResult } from '@marcbachmann/cel-js'
import type { JsonValue } from '../model.ts'
import type { Declarations, ExpressionContext } from './context.ts'
import { chargeTree, withBudget } from './cost.ts'
import { runningEnvironment } from './environment.ts'
import { ExpressionError, quoted } from './error.ts'
import { refusedCalls } from './functions.ts'
import { jsonResult } from './json-result.ts'
import { MAX_EXPRESSION_COST, MAX_EXPRESSION_DEPTH, MAX_EXPRESSION_LENGTH, MAX_EXPRESSION_NODES } from './limits.ts'
import type { ExpressionProblem } from './problem.ts'
import { type Expects, typeProblems } from './type-problem.ts'

export interface CompiledExpression {
  readonly source: string
  /** Empty when the expression may be used. */
  readonly problems: readonly ExpressionProblem[]
  /**
   * The value for a context. Deterministic: the same context gives the same value, on every host.
   * Throws ExpressionError: EXPRESSION_INVALID when it could not be compiled, EXPRESSION_FAILED when it reads what is not there or
   * mixes types, EXPRESSION_COST beyond the cost limit, EXPRESSION_RESULT when the result is no JSON.
   */
  evaluate(context: ExpressionContext): JsonValue
}

/** What runs, without regard to declarations: one per source text, shared by all models. */
interface Runnable {
  readonly source: string
  readonly parsed?: ParseResult
  readonly problems: readonly ExpressionProblem[]
}

/** Sources kept compiled. A host runs some hundred models; the oldest is dropped and compiled again when needed. */
const CACHE_SIZE = 5_000
const cache = new Map<string, Runnable>()

/**
 * Compiles a CEL expression and checks it against what the model declares; every problem is reported, none is thrown.
 *
 * @param expects what it must give where it stands; default any value
 * @example
 * const rule = compileExpression('data.amount > 100', { data: { amount: { type: 'number' } }, payload: 'none' }, 'boolean')
 * rule.problems // []
 * rule.evaluate({ data: { amount: 250 }, payload: null, initiator: 'ana', instance: { id: 'i', title: 't' }, nowMs: 0 }) // true
 */
export function compileExpression(source: string, declarations: Declarations, expects: Expects = 'value'): CompiledExpression {
  const runnable = runnableFor(source)
  const isParsed = runnable.parsed !== undefined && runnable.problems.length === 0
  const problems = isParsed ? typeProblems(source, runnable.parsed?.ast, declarations, expects) : runnable.problems
  return { source, problems, evaluate: (context) => run(runnable, context) }
}

/** Evaluates a source compiled before or now; see {@link CompiledExpression.evaluate}. */
export function evaluateExpression(source: string, context: ExpressionContext): JsonValue {
  return run(runnableFor(source), context)
}

function runnableFor(source: string): Runnable {
  const known = cache.get(source)
  if (known !== undefined) return known
  const runnable = parse(source)
  if (cache.size >= CACHE_SIZE) cache.delete(cache.keys().next().value ?? source)
  cache.set(source, runnable)
  return runnable
}

function parse(source: string): Runnable {
  if (source.length > MAX_EXPRESSION_LENGTH) {
    return broken(
      source,
      'EXPRESSION_LIMIT',
      `The expression has ${source.length} characters; at most ${MAX_EXPRESSION_LENGTH} are allowed.`,
      0,
    )
  }
  if (source.trim() === '') return broken(source, 'EXPRESSION_SYNTAX', 'The expression is empty.', 0)
  let parsed: ParseResult
  try {
    parsed = runningEnvironment.parse(source)
  } catch (error) {
    return syntaxProblem(source, error)
  }
  const problems = refusedCalls(parsed.ast)
  if (problems.length > 0) return { source, problems }
  // Names are dynamic here, so this finds what no declaration could mend; it also settles the tree before it is charged.
  const checked = parsed.check()
  if (checked.valid) chargeTree(parsed.ast)
  return { source, parsed, problems: [] }
}

function syntaxProblem(source: string, error: unknown): Runnable {
  if (!(error instanceof ParseError)) {
    return broken(
      source,
      'EXPRESSION_SYNTAX',
      `The expression cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
      0,
    )
  }
  const offset = error.range?.start ?? 0
  if (error.code === 'limit_exceeded') {
    const limits = `${MAX_EXPRESSION_NODES} parts and ${MAX_EXPRESSION_DEPTH} levels`
    return broken(source, 'EXPRESSION_LIMIT', `The expression is larger than ${limits}.`, offset, 'Split it, or use a { js: … } rule.')
  }
  const hint = source[offset] === '=' && error.code === 'unexpected_character' ? 'Compare with ==.' : undefined
  return broken(source, 'EXPRESSION_SYNTAX', `${error.summary.replace(/: EOF$/, ': the expression ends too early')}.`, offset, hint)
}

function broken(source: string, code: ExpressionProblem['code'], message: string, offset: number, hint?: string): Runnable {
  return { source, problems: [{ code, message, offset, ...(hint === undefined ? {} : { hint }) }] }
}

function run(runnable: Runnable, context: ExpressionContext): JsonValue {
  const { parsed, problems, source } = runnable
  if (parsed === undefined) {
    throw new ExpressionError('EXPRESSION_INVALID', source, `Expression ${quoted(source)} cannot run: ${problems[0]?.message ?? ''}`)
  }
  const { data, payload, initiator, instance, step, nowMs } = context
  const names = { data, payload, initiator, instance, step, now: new Date(nowMs) }
  let result: { readonly value: unknown } | 'exhausted'
  try {
    result = withBudget(() => parsed(names) as unknown)
  } catch (error) {
    // Without the library's error as cause: it holds the tree and, in logs, values of the instance.
    throw new ExpressionError('EXPRESSION_FAILED', source, `Expression ${quoted(source)} failed: ${reason(error)}.`)
  }
  if (result === 'exhausted') {
    const limit = `more than ${MAX_EXPRESSION_COST} operations`
    throw new ExpressionError('EXPRESSION_COST', source, `Expression ${quoted(source)} takes ${limit}. Let a task compute it.`)
  }
  return jsonResult(result.value, source)
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const summary = 'summary' in error && typeof error.summary === 'string' ? error.summary : error.message
  if ('code' in error && error.code === 'index_out_of_bounds') return summary.replace(/^No such key: /, '')
  const missing = /^No such key: (.*)$/.exec(summary)?.[1]
  return missing === undefined ? summary : `"${missing}" is not set; ask has(…) first`
}
