/**
 * Syntax tree of a rule: `function check() { … }` with variables, `if`, `return` and conditions. What is not in this part of the
 * language makes the whole rule unrecognised.
 */
import type { Token } from './tokens.ts'

export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'member'; readonly of: Expression; readonly name: string }
  | { readonly kind: 'call'; readonly callee: Expression; readonly args: readonly Expression[] }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'binary'; readonly op: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'conditional'; readonly when: Expression; readonly yes: Expression; readonly no: Expression }

export type Statement =
  | { readonly kind: 'assign'; readonly name: string; readonly value: Expression }
  | { readonly kind: 'expression'; readonly of: Expression }
  | { readonly kind: 'if'; readonly when: Expression; readonly yes: readonly Statement[]; readonly no: readonly Statement[] }
  | { readonly kind: 'return'; readonly value?: Expression }

/** Thrown by every part of the recognition; never leaves `ecma.ts`. */
export class NotRecognised extends Error {}

/** Deeper than any rule a person wrote; keeps the recursion off the stack's end. */
const MAX_DEPTH = 60

/** Statements of the function `check`, after those before it. Throws NotRecognised. */
export function parseCheck(tokens: readonly Token[]): readonly Statement[] {
  const parser = new RuleParser(tokens)
  return parser.program()
}

class RuleParser {
  readonly #tokens: readonly Token[]
  #at = 0
  #depth = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  program(): readonly Statement[] {
    const before: Statement[] = []
    while (!this.#is('name', 'function') && !this.#isEnd()) before.push(...this.#statement())
    if (this.#isEnd()) return loneExpression(before)
    this.#take('name', 'function')
    this.#take('name', 'check')
    this.#take('mark', '(')
    this.#take('mark', ')')
    const body = this.#block()
    while (this.#skip(';'));
    if (!this.#isEnd()) throw new NotRecognised()
    return [...before, ...body]
  }

  #block(): readonly Statement[] {
    this.#take('mark', '{')
    const statements: Statement[] = []
    while (!this.#is('mark', '}')) statements.push(...this.#statement())
    this.#take('mark', '}')
    return statements
  }

  #statement(): readonly Statement[] {
    return this.#nested(() => {
      if (this.#skip(';')) return []
      if (this.#is('mark', '{')) return this.#block()
      const { kind, value } = this.#peek()
      if (kind === 'name' && ['var', 'let', 'const'].includes(value)) return this.#declaration()
      if (kind === 'name' && value === 'if') return [this.#if()]
      if (kind === 'name' && value === 'return') return [this.#return()]
      return [this.#assignmentOrCall()]
    })
  }

  #declaration(): readonly Statement[] {
    this.#at++
    const statements: Statement[] = []
    do {
      const name = this.#name()
      const value: Expression = this.#skip('=') ? this.#expression() : { kind: 'literal', value: null }
      statements.push({ kind: 'assign', name, value })
    } while (this.#skip(','))
    this.#skip(';')
    return statements
  }

  #if(): Statement {
    this.#at++
    this.#take('mark', '(')
    const when = this.#expression()
    this.#take('mark', ')')
    const yes = this.#statement()
    const hasElse = this.#is('name', 'else')
    if (hasElse) this.#at++
    return { kind: 'if', when, yes, no: hasElse ? this.#statement() : [] }
  }

  #return(): Statement {
    this.#at++
    if (this.#is('mark', ';') || this.#is('mark', '}')) {
      this.#skip(';')
      return { kind: 'return' }
    }
    const value = this.#expression()
    this.#skip(';')
    return { kind: 'return', value }
  }

  #assignmentOrCall(): Statement {
    const of = this.#expression()
    const statement: Statement =
      of.kind === 'name' && this.#skip('=') ? { kind: 'assign', name: of.name, value: this.#expression() } : { kind: 'expression', of }
    this.#skip(';')
    return statement
  }

  #expression(): Expression {
    return this.#nested(() => {
      const when = this.#binary(0)
      if (!this.#skip('?')) return when
      const yes = this.#expression()
      this.#take('mark', ':')
      return { kind: 'conditional', when, yes, no: this.#expression() }
    })
  }

  #binary(level: number): Expression {
    const ops = LEVELS[level]
    if (ops === undefined) return this.#unary()
    let left = this.#binary(level + 1)
    for (let op = this.#peek(); op.kind === 'mark' && ops.includes(op.value); op = this.#peek()) {
      this.#at++
      left = { kind: 'binary', op: op.value, left, right: this.#binary(level + 1) }
    }
    return left
  }

  #unary(): Expression {
    return this.#nested(() => {
      if (this.#skip('!')) return { kind: 'not', of: this.#unary() }
      if (!this.#skip('-')) return this.#postfix()
      const { kind, value } = this.#peek()
      if (kind !== 'number') throw new NotRecognised()
      this.#at++
      return { kind: 'literal', value: -Number(value) }
    })
  }

  #postfix(): Expression {
    let of = this.#primary()
    for (;;) {
      if (this.#skip('.')) of = { kind: 'member', of, name: this.#name() }
      else if (this.#skip('(')) of = { kind: 'call', callee: of, args: this.#args() }
      else return of
    }
  }

  #args(): readonly Expression[] {
    const args: Expression[] = []
    if (this.#skip(')')) return args
    do args.push(this.#expression())
    while (this.#skip(','))
    this.#take('mark', ')')
    return args
  }

  #primary(): Expression {
    if (this.#skip('(')) {
      const inner = this.#expression()
      this.#take('mark', ')')
      return inner
    }
    const { kind, value } = this.#peek()
    this.#at++
    if (kind === 'text') return { kind: 'literal', value }
    if (kind === 'number') return { kind: 'literal', value: Number(value) }
    if (kind !== 'name' || KEYWORDS.includes(value)) throw new NotRecognised()
    return value in CONSTANTS ? { kind: 'literal', value: CONSTANTS[value] ?? null } : { kind: 'name', name: value }
  }

  #name(): string {
    const { kind, value } = this.#peek()
    if (kind !== 'name') throw new NotRecognised()
    this.#at++
    return value
  }

  #nested<T>(read: () => T): T {
    this.#depth++
    if (this.#depth > MAX_DEPTH) throw new NotRecognised()
    const result = read()
    this.#depth--
    return result
  }

  #peek(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', value: '' }
  }

  #is(kind: Token['kind'], value: string): boolean {
    const token = this.#peek()
    return token.kind === kind && token.value === value
  }

  #isEnd(): boolean {
    return this.#peek().kind === 'end'
  }

  #skip(mark: string): boolean {
    const found = this.#is('mark', mark)
    if (found) this.#at++
    return found
  }

  #take(kind: Token['kind'], value: string): void {
    if (!this.#is(kind, value)) throw new NotRecognised()
    this.#at++
  }
}

const LEVELS: readonly (readonly string[])[] = [['||'], ['&&'], ['==', '!=', '===', '!=='], ['<', '<=', '>', '>=']]
const KEYWORDS = [
  'function',
  'new',
  'typeof',
  'delete',
  'void',
  'in',
  'instanceof',
  'this',
  'try',
  'catch',
  'for',
  'while',
  'do',
  'switch',
  'throw',
  'else',
  'with',
  'break',
  'continue',
]
const CONSTANTS: { readonly [name: string]: boolean | null } = Object.assign(Object.create(null), {
  true: true,
  false: false,
  null: null,
  undefined: null,
})

/** A rule may also be one expression without a function. */
function loneExpression(statements: readonly Statement[]): readonly Statement[] {
  const last = statements.at(-1)
  if (last?.kind !== 'expression') throw new NotRecognised()
  return [...statements.slice(0, -1), { kind: 'return', value: last.of }]
}
