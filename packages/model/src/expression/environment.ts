/**
 * CEL as Millrace speaks it: the standard without regular expressions and time zones, plus arithmetic between integers and doubles.
 *
 * - `matches()` would run on the host's backtracking engine: one crafted pattern stops the process. Refused.
 * - Accessors with a time zone (`t.getHours("Europe/Berlin")`) depend on the host's zone tables: two hosts could decide differently.
 *   Refused; write `(now + duration("1h")).getHours()`.
 * - `bytes` have no place in JSON data. Refused.
 */
import { Environment } from '@marcbachmann/cel-js'
import { EXPRESSION_NAMES } from './context.ts'
import { MAX_EXPRESSION_DEPTH, MAX_EXPRESSION_NODES } from './limits.ts'

/** Functions an expression may call, with the number of arguments (a method's receiver not counted). */
export const FUNCTIONS: ReadonlyMap<string, readonly number[]> = new Map([
  ['size', [1]],
  ['has', [1]],
  ['string', [1]],
  ['int', [1]],
  ['double', [1]],
  ['bool', [1]],
  ['dyn', [1]],
  ['type', [1]],
  ['timestamp', [1]],
  ['duration', [1]],
])

export const METHODS: ReadonlyMap<string, readonly number[]> = new Map([
  ['size', [0]],
  ['contains', [1]],
  ['startsWith', [1]],
  ['endsWith', [1]],
  ['indexOf', [1, 2]],
  ['lastIndexOf', [1, 2]],
  ['substring', [1, 2]],
  ['split', [1, 2]],
  ['join', [0, 1]],
  ['trim', [0]],
  ['lowerAscii', [0]],
  ['upperAscii', [0]],
  ['all', [2]],
  ['exists', [2]],
  ['exists_one', [2]],
  ['map', [2, 3]],
  ['filter', [2]],
  ['bind', [3]],
  ['getFullYear', [0]],
  ['getMonth', [0]],
  ['getDate', [0]],
  ['getDayOfMonth', [0]],
  ['getDayOfWeek', [0]],
  ['getDayOfYear', [0]],
  ['getHours', [0]],
  ['getMinutes', [0]],
  ['getSeconds', [0]],
  ['getMilliseconds', [0]],
])

/** For type checks: variables are registered by `declare.ts`. */
export const checkingBase: Environment = withNumbers(newEnvironment())
  .registerOperator('int == double: bool', same)
  .registerOperator('double in list<int>: bool', among)
  .registerOperator('int in list<double>: bool', among)

/** For runs: every name is dynamic, so one compiled expression serves all models and values are never converted. */
export const runningEnvironment: Environment = runningNames(withNumbers(newEnvironment()))

function newEnvironment(): Environment {
  return new Environment({
    homogeneousAggregateLiterals: false,
    limits: {
      maxAstNodes: MAX_EXPRESSION_NODES,
      maxDepth: MAX_EXPRESSION_DEPTH,
      maxListElements: 100,
      maxMapEntries: 100,
      maxCallArguments: 4,
    },
  })
}

function withNumbers(environment: Environment): Environment {
  const operators = {
    '+': (a: number | bigint, b: number | bigint) => Number(a) + Number(b),
    '-': (a: number | bigint, b: number | bigint) => Number(a) - Number(b),
    '*': (a: number | bigint, b: number | bigint) => Number(a) * Number(b),
    '/': (a: number | bigint, b: number | bigint) => Number(a) / Number(b),
    '%': (a: number | bigint, b: number | bigint) => Number(a) % Number(b),
  }
  for (const [operator, compute] of Object.entries(operators)) {
    environment.registerOperator(`int ${operator} double: double`, compute)
    environment.registerOperator(`double ${operator} int: double`, compute)
  }
  return environment.registerOperator('double % double', operators['%'])
}

function runningNames(environment: Environment): Environment {
  for (const name of EXPRESSION_NAMES) environment.registerVariable(name, 'dyn')
  return environment
}

/** The checking environment never evaluates; these only give the operators their types. */
function same(a: unknown, b: unknown): boolean {
  return a === b
}

function among(value: unknown, list: readonly unknown[]): boolean {
  return list.includes(value)
}
