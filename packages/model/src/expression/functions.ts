import { suggest } from '../nearest.ts'
import { FUNCTIONS, METHODS } from './environment.ts'
import type { ExpressionProblem } from './problem.ts'

/** The parts of a cel-js syntax tree node that a walk needs. */
export interface ParsedNode {
  readonly op: string
  readonly args: unknown
  readonly start: number
  readonly end: number
}

/** Calls of functions that Millrace's CEL does not have, each with what to write instead. */
export function refusedCalls(root: unknown): readonly ExpressionProblem[] {
  const problems: ExpressionProblem[] = []
  for (const node of parsedNodes(root)) {
    if (node.op === 'call') {
      const [name, args] = node.args as readonly [string, readonly unknown[]]
      const problem = refusal(name, args.length, FUNCTIONS)
      if (problem !== undefined) problems.push({ ...problem, offset: node.start })
    } else if (node.op === 'rcall') {
      const [name, , args] = node.args as readonly [string, unknown, readonly unknown[]]
      const problem = refusal(name, args.length, METHODS)
      if (problem !== undefined) problems.push({ ...problem, offset: node.start })
    }
  }
  return problems
}

/** Every node of a tree, written ones only (not what macros expand to). */
export function* parsedNodes(root: unknown): Generator<ParsedNode> {
  const open: unknown[] = [root]
  while (open.length > 0) {
    const next = open.pop()
    if (Array.isArray(next)) open.push(...(next as readonly unknown[]))
    else if (isParsedNode(next)) {
      yield next
      open.push(next.args)
    }
  }
}

function refusal(
  name: string,
  count: number,
  known: ReadonlyMap<string, readonly number[]>,
): Omit<ExpressionProblem, 'offset'> | undefined {
  const counts = known.get(name)
  if (counts?.includes(count) === true) return undefined
  if (name === 'matches') {
    return {
      code: 'EXPRESSION_FUNCTION',
      message: 'matches() is not available: a regular expression could run for ever.',
      hint: 'Use startsWith, endsWith, contains, split or `in`, or a { js: … } rule, which runs with a time limit.',
    }
  }
  if (counts !== undefined && name.startsWith('get') && count === 1) {
    return {
      code: 'EXPRESSION_FUNCTION',
      message: `${name}() takes no time zone: hosts with other zone tables would decide differently.`,
      hint: `Times are UTC. Add the offset: (now + duration("1h")).${name}().`,
    }
  }
  if (counts !== undefined) {
    return { code: 'EXPRESSION_FUNCTION', message: `${name}() takes ${counts.join(' or ')} argument(s), not ${count}.` }
  }
  const hint = suggest(name, [...known.keys()])
  return { code: 'EXPRESSION_FUNCTION', message: `There is no function ${name}().`, ...(hint === undefined ? {} : { hint }) }
}

function isParsedNode(value: unknown): value is ParsedNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value && 'start' in value && 'end' in value
}
