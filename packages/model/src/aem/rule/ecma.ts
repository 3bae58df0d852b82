/**
 * Recognises what rules in real models ask: entries of the workflow's metadata, the payload's path, constants. The tree is
 * followed with symbols instead of values; whatever has another effect or reads something else ends the recognition.
 */
import { MAX_RULE_CHARS, MAX_RULE_PARTS, MAX_RULE_STATEMENTS } from '../limits.ts'
import { all, any, type CompareOp, type Condition, choose, constant, FALSE, isLarger, not, TRUE } from './condition.ts'
import {
  compare,
  entrySubject,
  isPresent,
  isTruthy,
  type Literal,
  PAYLOAD,
  type Subject,
  type TextTest,
  testText,
  type Uses,
} from './subject.ts'
import { type Expression, NotRecognised, parseCheck, type Statement } from './syntax.ts'
import { tokenize } from './tokens.ts'

type Value =
  | { readonly kind: 'literal'; readonly value: Literal | null }
  | { readonly kind: 'object'; readonly name: KnownObject }
  | { readonly kind: 'subject'; readonly subject: Subject }
  | { readonly kind: 'position'; readonly subject: Subject; readonly text: string }
  | { readonly kind: 'condition'; readonly condition: Condition }

type KnownObject = 'item' | 'workflow' | 'data' | 'metadata' | 'class'

/** Names bound in AEM's scripts; `graniteWorkItem` and its like where the newer API is asked for. */
const BINDINGS: ReadonlyMap<string, KnownObject> = new Map([
  ['workflowData', 'data'],
  ['graniteWorkflowData', 'data'],
  ['workItem', 'item'],
  ['graniteWorkItem', 'item'],
  ['metaDataMap', 'metadata'],
  ['String', 'class'],
  ['java', 'class'],
])

const GETTERS: { readonly [known in KnownObject]: { readonly [name: string]: KnownObject | 'payload' } } = {
  item: { getWorkflowData: 'data', getWorkflow: 'workflow', workflowData: 'data', workflow: 'workflow' },
  workflow: { getWorkflowData: 'data', workflowData: 'data' },
  data: { getMetaDataMap: 'metadata', metaDataMap: 'metadata', getPayload: 'payload', payload: 'payload' },
  metadata: {},
  class: { lang: 'class', String: 'class', Boolean: 'class', Long: 'class' },
}

/**
 * The condition of an ECMA script with a function `check`, or undefined when it does anything that is not recognised. What it
 * reads is added to `uses`; entries in it at the start are known types.
 */
export function recogniseEcma(source: string, uses: Uses): Condition | undefined {
  if (source.length > MAX_RULE_CHARS) return undefined
  const tokens = tokenize(source)
  if (tokens === undefined) return undefined
  try {
    return new Recognition(uses).run(parseCheck(tokens), new Map())
  } catch (error) {
    if (error instanceof NotRecognised) return undefined
    throw error
  }
}

class Recognition {
  readonly #uses: Uses
  #left = MAX_RULE_STATEMENTS

  constructor(uses: Uses) {
    this.#uses = uses
  }

  /** What the statements return. Both sides of an `if` go on with what follows it, so assignments need no merging. */
  run(statements: readonly Statement[], names: ReadonlyMap<string, Value>): Condition {
    const [first, ...rest] = statements
    if (first === undefined) return FALSE
    this.#left -= 1
    if (this.#left < 0) throw new NotRecognised()
    switch (first.kind) {
      case 'return':
        return first.value === undefined ? FALSE : this.#condition(this.#value(first.value, names))
      case 'assign':
        return this.run(rest, new Map(names).set(first.name, this.#value(first.value, names)))
      case 'expression':
        if (!isLogging(first.of)) throw new NotRecognised()
        return this.run(rest, names)
      case 'if': {
        const when = this.#condition(this.#value(first.when, names))
        if (when.kind === 'constant') return this.run([...(when.value ? first.yes : first.no), ...rest], names)
        return chosen(when, this.run([...first.yes, ...rest], names), this.run([...first.no, ...rest], names))
      }
    }
  }

  #value(expression: Expression, names: ReadonlyMap<string, Value>): Value {
    switch (expression.kind) {
      case 'literal':
        return { kind: 'literal', value: expression.value }
      case 'name':
        return names.get(expression.name) ?? bound(expression.name)
      case 'member':
        return member(this.#value(expression.of, names), expression.name)
      case 'call':
        return this.#call(expression, names)
      case 'not':
        return toValue(not(this.#condition(this.#value(expression.of, names))))
      case 'binary':
        return toValue(this.#binary(expression, names))
      case 'conditional': {
        const condition = (part: Expression): Condition => this.#condition(this.#value(part, names))
        return toValue(chosen(condition(expression.when), condition(expression.yes), condition(expression.no)))
      }
    }
  }

  #binary({ op, left, right }: Extract<Expression, { kind: 'binary' }>, names: ReadonlyMap<string, Value>): Condition {
    const [a, b] = [this.#value(left, names), this.#value(right, names)]
    if (op === '&&') return bounded(all(this.#condition(a), this.#condition(b)))
    if (op === '||') return bounded(any(this.#condition(a), this.#condition(b)))
    const compareOp = op.replace(/^([=!]=)=$/, '$1') as CompareOp
    if (b.kind === 'literal') return this.#compare(a, compareOp, b.value)
    if (a.kind === 'literal') return this.#compare(b, FLIPPED[compareOp], a.value)
    throw new NotRecognised()
  }

  #compare(value: Value, op: CompareOp, literal: Literal | null): Condition {
    if (value.kind === 'literal' && (op === '==' || op === '!=')) return constant((value.value === literal) === (op === '=='))
    if (value.kind === 'condition' && typeof literal === 'boolean' && (op === '==' || op === '!=')) {
      return literal === (op === '==') ? value.condition : not(value.condition)
    }
    if (value.kind === 'position') return recognised(this.#comparePosition(value, op, literal))
    if (value.kind !== 'subject') throw new NotRecognised()
    return recognised(compare(value.subject, { op, literal, uses: this.#uses }))
  }

  /** `indexOf(text) == 0` is startsWith; every way to say "not -1" is contains. */
  #comparePosition({ subject, text }: Extract<Value, { kind: 'position' }>, op: CompareOp, literal: Literal | null): Condition | undefined {
    const asks = POSITION_TESTS[`${op} ${String(literal)}`]
    const condition = asks === undefined ? undefined : testText(subject, { test: asks.test, text, uses: this.#uses })
    return condition === undefined || asks?.isNegated !== true ? condition : not(condition)
  }

  #call({ callee, args }: Extract<Expression, { kind: 'call' }>, names: ReadonlyMap<string, Value>): Value {
    const values = args.map((arg) => this.#value(arg, names))
    if (callee.kind === 'name' && callee.name === 'String') return asText(values)
    if (callee.kind !== 'member') throw new NotRecognised()
    const of = this.#value(callee.of, names)
    switch (of.kind) {
      case 'object':
        return of.name === 'metadata' ? this.#lookUp(callee.name, values) : values.length === 0 ? member(of, callee.name) : fail()
      case 'subject':
        return this.#callOnText(of.subject, callee.name, values)
      case 'literal':
        if (callee.name === 'toString' && values.length === 0) return of
        if (callee.name === 'equals' && values[0] !== undefined) return toValue(this.#compare(values[0], '==', of.value))
        throw new NotRecognised()
      default:
        throw new NotRecognised()
    }
  }

  /** `get('key')`, `get('key', 'default')`, `get('key', java.lang.String)`, `containsKey('key')` */
  #lookUp(method: string, [key, second]: readonly Value[]): Value {
    if (key?.kind !== 'literal' || typeof key.value !== 'string') throw new NotRecognised()
    if (method === 'containsKey' && second === undefined) {
      const subject = recognised(entrySubject(key.value, { uses: this.#uses }))
      return toValue(subject.kind === 'text' ? TRUE : isPresent(subject.key, this.#uses))
    }
    if (method !== 'get') throw new NotRecognised()
    const isTypeOnly = second === undefined || (second.kind === 'object' && second.name === 'class')
    if (!isTypeOnly && second.kind !== 'literal') throw new NotRecognised()
    const fallback = second?.kind === 'literal' ? (second.value ?? undefined) : undefined
    return { kind: 'subject', subject: recognised(entrySubject(key.value, { fallback, uses: this.#uses })) }
  }

  #callOnText(subject: Subject, method: string, values: readonly Value[]): Value {
    const [arg] = values
    if (method === 'toString' && arg === undefined) return { kind: 'subject', subject }
    if (arg?.kind !== 'literal' || values.length > 2) throw new NotRecognised()
    if (method === 'equals' && values.length === 1) return toValue(this.#compare({ kind: 'subject', subject }, '==', arg.value))
    if (typeof arg.value !== 'string') throw new NotRecognised()
    const isFromStart = values[1]?.kind === 'literal' && values[1].value === 0
    if (method === 'indexOf' && values.length === 1) return { kind: 'position', subject, text: arg.value }
    if (method === 'lastIndexOf' && isFromStart) return { kind: 'position', subject, text: arg.value }
    if (values.length === 1 && (method === 'startsWith' || method === 'endsWith' || method === 'contains' || method === 'includes')) {
      const test: TextTest = method === 'includes' ? 'contains' : method
      return toValue(recognised(testText(subject, { test, text: arg.value, uses: this.#uses })))
    }
    throw new NotRecognised()
  }

  #condition(value: Value): Condition {
    switch (value.kind) {
      case 'condition':
        return value.condition
      case 'literal':
        return constant(Boolean(value.value))
      case 'subject':
        return recognised(isTruthy(value.subject, this.#uses))
      default:
        throw new NotRecognised()
    }
  }
}

const FLIPPED: { readonly [op in CompareOp]: CompareOp } = { '==': '==', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

const POSITION_TESTS: { readonly [asked: string]: { readonly test: TextTest; readonly isNegated?: boolean } } = {
  '== 0': { test: 'startsWith' },
  '!= 0': { test: 'startsWith', isNegated: true },
  '> -1': { test: 'contains' },
  '>= 0': { test: 'contains' },
  '!= -1': { test: 'contains' },
  '== -1': { test: 'contains', isNegated: true },
  '< 0': { test: 'contains', isNegated: true },
}

function bound(name: string): Value {
  const object = BINDINGS.get(name)
  return object === undefined ? fail() : { kind: 'object', name: object }
}

function member(of: Value, name: string): Value {
  const getters = of.kind === 'object' ? GETTERS[of.name] : undefined
  const result = getters !== undefined && Object.hasOwn(getters, name) ? getters[name] : undefined
  if (result === undefined) throw new NotRecognised()
  return result === 'payload' ? { kind: 'subject', subject: PAYLOAD } : { kind: 'object', name: result }
}

function asText([value, second]: readonly Value[]): Value {
  if (value === undefined || second !== undefined || (value.kind !== 'subject' && value.kind !== 'literal')) throw new NotRecognised()
  return value
}

function chosen(when: Condition, yes: Condition, no: Condition): Condition {
  return bounded(choose(when, yes, no))
}

/** Variables may hold conditions and be used twice, so every step may double what it is given. */
function bounded(condition: Condition): Condition {
  return isLarger(condition, MAX_RULE_PARTS) ? fail() : condition
}

function isLogging(expression: Expression): boolean {
  if (expression.kind !== 'call' || expression.callee.kind !== 'member') return false
  const { of, name } = expression.callee
  return of.kind === 'name' && of.name === 'log' && ['trace', 'debug', 'info', 'warn', 'error'].includes(name)
}

function toValue(condition: Condition): Value {
  return { kind: 'condition', condition }
}

function recognised<T>(found: T | undefined): T {
  return found ?? fail()
}

function fail(): never {
  throw new NotRecognised()
}
