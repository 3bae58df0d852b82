import type { JsonValue } from '../model.ts'
import { type CompiledExpression, compileExpression, evaluateExpression } from './compile.ts'
import type { Declarations, ExpressionContext } from './context.ts'
import { ExpressionError } from './error.ts'
import type { ExpressionProblem } from './problem.ts'
import type { Expects } from './type-problem.ts'

/** A text with CEL between double braces: `Review {{ payload.path }}`. Write `{{ "{{" }}` for two braces. */
export interface CompiledTemplate {
  readonly source: string
  readonly problems: readonly ExpressionProblem[]
  /**
   * The text; when the whole template is one expression (`{{ data.amount }}`), its value with its type.
   * Inside a text, null is nothing, numbers and booleans are as in JSON, lists and objects are JSON. Throws ExpressionError.
   */
  evaluate(context: ExpressionContext): JsonValue
}

type Part = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'cel'; readonly source: string; readonly offset: number }

interface Split {
  readonly parts: readonly Part[]
  /** Offset of braces that never close. */
  readonly unclosed?: number
}

/** Templates kept split; the same bound as compiled expressions. */
const CACHE_SIZE = 5_000
const cache = new Map<string, Split>()

/**
 * Compiles a template and checks its expressions against what the model declares.
 *
 * @example compileTemplate('Review {{ payload.path }}', { data: {}, payload: 'path' }).evaluate(context) // 'Review /content/a'
 */
export function compileTemplate(source: string, declarations: Declarations, expects: Expects = 'value'): CompiledTemplate {
  const split = splitTemplate(source)
  const whole = isWhole(split.parts)
  const problems: ExpressionProblem[] = []
  for (const part of split.parts) {
    if (part.kind === 'text') continue
    const expression: CompiledExpression = compileExpression(part.source, declarations, whole ? expects : 'value')
    for (const problem of expression.problems) problems.push({ ...problem, offset: problem.offset + part.offset })
  }
  if (split.unclosed !== undefined) {
    problems.push({
      code: 'EXPRESSION_SYNTAX',
      message: 'The template opens {{ and never closes it.',
      offset: split.unclosed,
      hint: 'Add }}.',
    })
  }
  return { source, problems, evaluate: (context) => evaluateTemplateText(source, context) }
}

/** Whether a text has expressions in it at all. */
export function isTemplate(text: string): boolean {
  return text.includes('{{')
}

export function evaluateTemplateText(source: string, context: ExpressionContext): JsonValue {
  if (!isTemplate(source)) return source
  const { parts, unclosed } = splitTemplate(source)
  if (unclosed !== undefined) throw new ExpressionError('EXPRESSION_INVALID', source, `Template "${source}" opens {{ and never closes it.`)
  const [first] = parts
  if (isWhole(parts) && first?.kind === 'cel') return evaluateExpression(first.source, context)
  return parts.map((part) => (part.kind === 'text' ? part.text : inText(evaluateExpression(part.source, context)))).join('')
}

/** Templates in every string of a JSON value; keys are left alone. A value without templates comes back as it is. */
export function evaluateTemplate(value: JsonValue, context: ExpressionContext): JsonValue {
  if (typeof value === 'string') return evaluateTemplateText(value, context)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((entry: JsonValue) => evaluateTemplate(entry, context))
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, evaluateTemplate(entry, context)]))
}

function splitTemplate(source: string): Split {
  const known = cache.get(source)
  if (known !== undefined) return known
  const split = scan(source)
  if (cache.size >= CACHE_SIZE) cache.delete(cache.keys().next().value ?? source)
  cache.set(source, split)
  return split
}

function scan(source: string): Split {
  const parts: Part[] = []
  let at = 0
  while (at < source.length) {
    const open = source.indexOf('{{', at)
    if (open < 0) break
    if (open > at) parts.push({ kind: 'text', text: source.slice(at, open) })
    const close = closingBraces(source, open + 2)
    if (close < 0) return { parts, unclosed: open }
    parts.push({ kind: 'cel', source: source.slice(open + 2, close), offset: open + 2 })
    at = close + 2
  }
  if (at < source.length) parts.push({ kind: 'text', text: source.slice(at) })
  return { parts }
}

/** Where the expression ends: braces inside strings and maps belong to it. */
function closingBraces(source: string, from: number): number {
  let depth = 0
  let quote: string | undefined
  for (let i = from; i < source.length; i++) {
    const char = source[i]
    if (quote !== undefined) {
      if (char === '\\') i++
      else if (char === quote) quote = undefined
    } else if (char === '"' || char === "'") quote = char
    else if (char === '{') depth++
    else if (char === '}') {
      if (depth === 0 && source[i + 1] === '}') return i
      depth = Math.max(0, depth - 1)
    }
  }
  return -1
}

function isWhole(parts: readonly Part[]): boolean {
  return parts.length === 1 && parts[0]?.kind === 'cel'
}

function inText(value: JsonValue): string {
  if (value === null) return ''
  return typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value)
}
