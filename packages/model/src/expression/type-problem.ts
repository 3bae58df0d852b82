import type { TypeError as CelTypeError, Environment, ParseError } from '@marcbachmann/cel-js'
import { suggest } from '../nearest.ts'
import { type Declarations, EXPRESSION_NAMES } from './context.ts'
import { checkingEnvironment } from './declare.ts'
import { parsedNodes } from './functions.ts'
import type { ExpressionProblem } from './problem.ts'

/** What an expression must give where it stands. */
export type Expects = 'boolean' | 'date' | 'principals' | 'string' | 'value'

/** Type problems of a syntactically right expression; the first one CEL finds, and every `has(…)` of an undeclared name. */
export function typeProblems(source: string, root: unknown, declarations: Declarations, expects: Expects): readonly ExpressionProblem[] {
  const environment = checkingEnvironment(declarations)
  const result = environment.check(source)
  if (!result.valid) return result.error === undefined ? [] : [typeProblem(result.error, source, declarations)]
  const problems = undeclaredInHas(source, root, environment, declarations)
  const mismatch = resultProblem(result.type ?? 'dyn', expects)
  return mismatch === undefined ? problems : [...problems, mismatch]
}

export function typeProblem(error: ParseError | CelTypeError, source: string, declarations: Declarations): ExpressionProblem {
  const offset = error.range?.start ?? 0
  const end = error.range?.end ?? source.length
  const part = source.slice(offset, end)
  switch (error.code) {
    case 'unknown_variable':
      return undeclaredVariable(part, offset, declarations)
    case 'no_such_key':
      return undeclaredField(error.summary.replace(/^No such key: /, ''), source, offset, declarations)
    case 'invalid_index_type':
      return {
        code: 'EXPRESSION_TYPE',
        message: `A list position must be an integer in \`${part}\`.`,
        offset,
        hint: 'JSON numbers are doubles: write int(x) between the brackets.',
      }
    default: {
      const hint = typeHint(error.summary)
      return {
        code: 'EXPRESSION_TYPE',
        message: `${plainTypes(error.summary)} in \`${part}\`.`,
        offset,
        ...(hint === undefined ? {} : { hint }),
      }
    }
  }
}

function undeclaredVariable(name: string, offset: number, declarations: Declarations): ExpressionProblem {
  const hint = name in declarations.data ? `Write data.${name}.` : (suggest(name, [...EXPRESSION_NAMES]) ?? 'Compare with text in quotes.')
  return { code: 'EXPRESSION_UNDECLARED', message: `${name} is not known in expressions.`, hint, offset }
}

function undeclaredField(field: string, source: string, offset: number, declarations: Declarations): ExpressionProblem {
  const before = source.slice(0, offset)
  const isData = /\bdata\s*(\.|\[\s*["']?)\s*$/.test(before) || /^data\s*\[/.test(source.slice(offset))
  const isPayload = /\bpayload\s*\.\s*$/.test(before)
  if (isData) {
    const names = Object.keys(declarations.data)
    const hint = suggest(field, names) ?? `Declare it under data: { ${field}: { type: string } }.`
    return { code: 'EXPRESSION_UNDECLARED', message: `data.${field} is not declared.`, hint, offset }
  }
  if (isPayload && declarations.payload !== 'json') {
    return {
      code: 'EXPRESSION_UNDECLARED',
      message: `payload.${field} does not exist: the payload of this model is a ${declarations.payload}.`,
      hint: `Use payload.${declarations.payload}, or declare payload: json.`,
      offset,
    }
  }
  return {
    code: 'EXPRESSION_UNDECLARED',
    message: `.${field} is not declared.`,
    hint: 'Add it to the schema, or correct the name.',
    offset,
  }
}

/** CEL does not look into `has(…)`; a misspelt name there would just never be there. */
function undeclaredInHas(
  source: string,
  root: unknown,
  environment: Environment,
  declarations: Declarations,
): readonly ExpressionProblem[] {
  const problems: ExpressionProblem[] = []
  for (const node of parsedNodes(root)) {
    if (node.op !== 'call') continue
    const [name, args] = node.args as readonly [string, readonly { readonly start: number; readonly end: number }[]]
    const [selected] = args
    if (name !== 'has' || selected === undefined) continue
    const path = source.slice(selected.start, selected.end)
    if (!/^(data|payload|instance|step)\b/.test(path)) continue
    const result = environment.check(path)
    if (result.valid || result.error?.code !== 'no_such_key') continue
    const problem = typeProblem(result.error, path, declarations)
    problems.push({ ...problem, offset: problem.offset + selected.start })
  }
  return problems
}

const RESULT_TYPES: { readonly [expects in Expects]: readonly RegExp[] } = {
  boolean: [/^bool$/],
  date: [/^string$/, /^google\.protobuf\.Timestamp$/],
  principals: [/^string$/, /^list(<string>)?$/, /^list<dyn>$/],
  string: [/^string$/],
  value: [/./],
}

const RESULT_WORDS: { readonly [expects in Expects]: string } = {
  boolean: 'true or false',
  date: 'a timestamp or an ISO date text',
  principals: '"user:name", "group:name" or a list of them',
  string: 'text',
  value: 'a value',
}

function resultProblem(type: string, expects: Expects): ExpressionProblem | undefined {
  if (type.startsWith('dyn') || RESULT_TYPES[expects].some((pattern) => pattern.test(type))) return undefined
  return {
    code: 'EXPRESSION_TYPE',
    message: `The expression must give ${RESULT_WORDS[expects]}, but gives ${plainTypes(type)}.`,
    offset: 0,
  }
}

function typeHint(summary: string): string | undefined {
  if (/: (string \+ (double|int)|(double|int) \+ string)$/.test(summary)) return 'Make text of the number with string(…).'
  if (summary.startsWith("Cannot index type 'null'")) return 'This model declares no payload.'
  if (summary.includes('null')) return 'Ask has(data.name) whether something is set.'
  return undefined
}

/** CEL's type names in the words of JSON. */
function plainTypes(text: string): string {
  return text
    .replace(/^no such overload: /, 'These types do not go together: ')
    .replace(/^found no matching overload for /, 'Wrong types of arguments: ')
    .replace(/\bobject_([A-Za-z0-9]\w*?)_\d+\b/g, 'object')
    .replace(/\bgoogle\.protobuf\.Timestamp\b/g, 'timestamp')
    .replace(/\bgoogle\.protobuf\.Duration\b/g, 'duration')
    .replace(/\bdouble\b/g, 'number')
    .replace(/\bbool\b/g, 'boolean')
    .replace(/\bdyn<(\w+)>/g, '$1')
}
