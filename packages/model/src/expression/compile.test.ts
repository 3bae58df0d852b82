import { compileExpression, type Declarations, type ExpressionContext, ExpressionError, type JsonValue } from '@millrace/model'
import { describe, expect, test } from 'vitest'

const declarations: Declarations = {
  payload: 'path',
  data: {
    amount: { type: 'number' },
    count: { type: 'integer' },
    reason: { type: 'string' },
    isUrgent: { type: 'boolean' },
    kind: { enum: ['small', 'large'] },
    maybe: { type: ['string', 'null'] },
    free: { type: 'object' },
    tags: { type: 'array', items: { type: 'string' } },
    lines: { type: 'array', items: { type: 'object', properties: { price: { type: 'number' }, 'odd name': { type: 'string' } } } },
    address: { type: 'object', properties: { city: { type: 'string' } } },
    open: { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: true },
    prices: { type: 'object', additionalProperties: { type: 'number' } },
  },
}

const context: ExpressionContext = {
  data: {
    amount: 250,
    count: 7,
    reason: 'late',
    isUrgent: true,
    tags: ['a', 'b'],
    lines: [{ price: 10 }, { price: 20.5 }],
    address: { city: 'Bern' },
    maybe: null,
    prices: { x: 3 },
  },
  payload: { path: '/content/site/page' },
  initiator: 'ana',
  instance: { id: 'i-1', title: 'Page' },
  step: { node: 'review', title: 'Review', pass: 2 },
  nowMs: Date.UTC(2026, 4, 1, 9, 30),
}

function evaluate(source: string, more: Partial<ExpressionContext> = {}): JsonValue {
  return compileExpression(source, declarations).evaluate({ ...context, ...more })
}

function problems(source: string, expects?: Parameters<typeof compileExpression>[2]): readonly string[] {
  return compileExpression(source, declarations, expects).problems.map(
    ({ code, offset, message, hint }) => `${code}@${offset} ${message}${hint === undefined ? '' : ` ${hint}`}`,
  )
}

function failure(source: string, more: Partial<ExpressionContext> = {}): string {
  try {
    return `no failure: ${JSON.stringify(evaluate(source, more))}`
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    return `${error.code}: ${error.message}`
  }
}

describe('an expression', () => {
  test.each<[string, JsonValue]>([
    ['data.amount > 100', true],
    ['data.amount + 1', 251],
    ['1 + data.amount * 2', 501],
    ['data.count / 2', 3.5],
    ['int(data.count) / 2', 3],
    ['data.count % 2 == 1', true],
    ['data.amount == 250', true],
    ['data.amount in [1, 250]', true],
    ['7 / 2', 3],
    ['-data.count', -7],
    ['data.reason + "!"', 'late!'],
    ['"amount " + string(data.amount)', 'amount 250'],
    ['size(data.tags) == 2 && "a" in data.tags', true],
    ['data.lines.exists(l, l.price > 20)', true],
    ['data.lines.map(l, l.price * 2)', [20, 41]],
    ['data.lines.filter(l, l.price > 10).size()', 1],
    ['data.tags[int(data.count) - 6]', 'b'],
    ['has(data.reason) ? data.reason : "none"', 'late'],
    ['has(data.kind)', false],
    ['data.maybe == null', true],
    ['data.address.city', 'Bern'],
    ['data.prices.x + 0.5', 3.5],
    ['data.address == {"city": "Bern"}', true],
    ['payload.path.startsWith("/content/")', true],
    ['payload.path.split("/")[2]', 'site'],
    ['initiator + " " + instance.id + " " + step.node', 'ana i-1 review'],
    ['step.pass > 1', true],
    ['now', '2026-05-01T09:30:00.000Z'],
    ['now + duration("36h")', '2026-05-02T21:30:00.000Z'],
    ['now - timestamp("2026-05-01T08:00:00Z")', 'PT5400S'],
    ['now.getHours()', 9],
    ['now > timestamp("2026-01-01T00:00:00Z")', true],
    ['{"amount": data.amount, "list": [1, 2.5, "x"]}', { amount: 250, list: [1, 2.5, 'x'] }],
    ['cel.bind(x, data.amount, x + x)', 500],
    ['data', context.data],
  ])('%s gives %j', (source, expected) => {
    expect(evaluate(source)).toEqual(expected)
  })

  test('gives the value itself, not a copy, where it is JSON already', () => {
    expect(evaluate('data.lines')).toBe(context.data.lines)
  })

  test('gives the same for the same context, and reads the time only from it', () => {
    expect(evaluate('now', { nowMs: 0 })).toBe('1970-01-01T00:00:00.000Z')
    expect(evaluate('now', { nowMs: 0 })).toBe(evaluate('now', { nowMs: 0 }))
  })
})

describe('before it runs, an expression', () => {
  test.each<[string, string]>([
    ['data.amont > 1', 'EXPRESSION_UNDECLARED@5 data.amont is not declared. Did you mean amount?'],
    [
      'data.zzzzzzzz',
      'EXPRESSION_UNDECLARED@5 data.zzzzzzzz is not declared. Use one of: amount, count, reason, isUrgent, kind, maybe, free, tags, lines, address, open, prices.',
    ],
    ['amount > 1', 'EXPRESSION_UNDECLARED@0 amount is not known in expressions. Write data.amount.'],
    ['1 > dta.amount', 'EXPRESSION_UNDECLARED@4 dta is not known in expressions. Did you mean data?'],
    ['has(data.reson)', 'EXPRESSION_UNDECLARED@9 data.reson is not declared. Did you mean reason?'],
    ['data.address.town', 'EXPRESSION_UNDECLARED@13 .town is not declared. Add it to the schema, or correct the name.'],
    ['data.lines.all(l, l.prize > 1)', 'EXPRESSION_UNDECLARED@20 .prize is not declared. Add it to the schema, or correct the name.'],
    [
      'payload.uuid',
      'EXPRESSION_UNDECLARED@8 payload.uuid does not exist: the payload of this model is a path. Use payload.path, or declare payload: json.',
    ],
    ['data.amount > "x"', 'EXPRESSION_TYPE@0 These types do not go together: number > string in `data.amount > "x"`.'],
    ['data.amount == "x"', 'EXPRESSION_TYPE@0 These types do not go together: number == string in `data.amount == "x"`.'],
    ['data.kind == 1', 'EXPRESSION_TYPE@0 These types do not go together: string == int in `data.kind == 1`.'],
    [
      'data.reason != null',
      'EXPRESSION_TYPE@0 These types do not go together: string != null in `data.reason != null`. Ask has(data.name) whether something is set.',
    ],
    [
      'data.reason + data.amount',
      'EXPRESSION_TYPE@0 These types do not go together: string + number in `data.reason + data.amount`. Make text of the number with string(…).',
    ],
    [
      'data.tags[data.count]',
      'EXPRESSION_TYPE@0 A list position must be an integer in `data.tags[data.count]`. JSON numbers are doubles: write int(x) between the brackets.',
    ],
    ['data.amount = 3', 'EXPRESSION_SYNTAX@12 Unexpected character: =. Compare with ==.'],
    ['data.amount >', 'EXPRESSION_SYNTAX@13 Unexpected token: the expression ends too early.'],
    ['', 'EXPRESSION_SYNTAX@0 The expression is empty.'],
    [
      'foo(1)',
      'EXPRESSION_FUNCTION@0 There is no function foo(). Use one of: size, has, string, int, double, bool, dyn, type, timestamp, duration.',
    ],
    ['data.reason.startWith("a")', 'EXPRESSION_FUNCTION@0 There is no function startWith(). Did you mean startsWith?'],
    ['size()', 'EXPRESSION_FUNCTION@0 size() takes 1 argument(s), not 0.'],
    [
      'data.reason.matches("(a+)+$")',
      'EXPRESSION_FUNCTION@0 matches() is not available: a regular expression could run for ever. Use startsWith, endsWith, contains, split or `in`, or a { js: … } rule, which runs with a time limit.',
    ],
    [
      'true || data.reason.matches("x")',
      'EXPRESSION_FUNCTION@8 matches() is not available: a regular expression could run for ever. Use startsWith, endsWith, contains, split or `in`, or a { js: … } rule, which runs with a time limit.',
    ],
    [
      'data.tags.exists(t, t.matches("x"))',
      'EXPRESSION_FUNCTION@20 matches() is not available: a regular expression could run for ever. Use startsWith, endsWith, contains, split or `in`, or a { js: … } rule, which runs with a time limit.',
    ],
    [
      'now.getHours("Europe/Berlin")',
      'EXPRESSION_FUNCTION@0 getHours() takes no time zone: hosts with other zone tables would decide differently. Times are UTC. Add the offset: (now + duration("1h")).getHours().',
    ],
    ['1'.repeat(4_001), 'EXPRESSION_LIMIT@0 The expression has 4001 characters; at most 4000 are allowed.'],
    [
      `1${'+1'.repeat(600)}`,
      'EXPRESSION_LIMIT@0 The expression is larger than 500 parts and 40 levels. Split it, or use a { js: … } rule.',
    ],
    [
      `${'('.repeat(60)}1${')'.repeat(60)}`,
      'EXPRESSION_LIMIT@40 The expression is larger than 500 parts and 40 levels. Split it, or use a { js: … } rule.',
    ],
    ['!'.repeat(3_000), 'EXPRESSION_SYNTAX@3000 Unexpected token: the expression ends too early.'],
  ])('is refused: %#', (source, expected) => {
    expect(problems(source)).toEqual([expected])
  })

  test.each([
    'data.open.anything',
    'data.free.anything.deep',
    'data.maybe == "x"',
    'data.maybe == null',
    'data.lines[0].price > 1',
    'has(data.free.x)',
    'data.tags.exists(t, has(data.reason))',
  ])('%s is accepted', (source) => {
    expect(problems(source)).toEqual([])
  })

  test.each<[Parameters<typeof compileExpression>[2], string, string]>([
    ['boolean', 'data.amount', 'EXPRESSION_TYPE@0 The expression must give true or false, but gives number.'],
    ['date', 'data.amount', 'EXPRESSION_TYPE@0 The expression must give a timestamp or an ISO date text, but gives number.'],
    [
      'principals',
      'data.isUrgent',
      'EXPRESSION_TYPE@0 The expression must give "user:name", "group:name" or a list of them, but gives boolean.',
    ],
    ['string', 'data.address', 'EXPRESSION_TYPE@0 The expression must give text, but gives object.'],
  ])('must give %s where that is needed', (expects, source, expected) => {
    expect(problems(source, expects)).toEqual([expected])
  })

  test('a payload the model does not declare cannot be read', () => {
    const { problems: found } = compileExpression('payload.path', { data: {}, payload: 'none' })
    expect(found).toMatchObject([{ code: 'EXPRESSION_TYPE', hint: 'This model declares no payload.' }])
    const json = { data: {}, payload: 'json', payloadSchema: { type: 'object', properties: { amount: { type: 'number' } } } } as const
    expect(compileExpression('payload.amount > 1', json).problems).toEqual([])
    expect(compileExpression('payload.amout > 1', json).problems).toMatchObject([{ code: 'EXPRESSION_UNDECLARED' }])
    expect(compileExpression('payload.anything', { data: {}, payload: 'json' }).problems).toEqual([])
  })
})

describe('while it runs, an expression', () => {
  test.each<[string, string]>([
    ['data.kind', 'EXPRESSION_FAILED: Expression "data.kind" failed: "kind" is not set; ask has(…) first.'],
    ['data.tags[9]', 'EXPRESSION_FAILED: Expression "data.tags[9]" failed: index out of bounds, index 9 >= size 2.'],
    ['1 / 0', 'EXPRESSION_FAILED: Expression "1 / 0" failed: division by zero.'],
    [
      'data.amount / 0',
      'EXPRESSION_RESULT: Expression "data.amount / 0" has no usable result: it gives Infinity, which JSON cannot hold. Check the divisor.',
    ],
    [
      '9007199254740993',
      'EXPRESSION_RESULT: Expression "9007199254740993" has no usable result: it gives 9007199254740993, an integer beyond 2^53 that JSON would round. Use string(…) to keep it.',
    ],
    ['b"x"', 'EXPRESSION_RESULT: Expression "b"x"" has no usable result: it gives bytes. Use string(…) to make it text.'],
    [
      'data.reason.matches("x")',
      'EXPRESSION_INVALID: Expression "data.reason.matches("x")" cannot run: matches() is not available: a regular expression could run for ever.',
    ],
    ['((', 'EXPRESSION_INVALID: Expression "((" cannot run: Unexpected token: the expression ends too early.'],
    ['toString', 'EXPRESSION_FAILED: Expression "toString" failed: Unknown variable: toString.'],
    ['data.constructor', 'EXPRESSION_FAILED: Expression "data.constructor" failed: "constructor" is not set; ask has(…) first.'],
  ])('%s fails with a reason', (source, expected) => {
    expect(failure(source)).toBe(expected)
  })

  test('a step that is not there is not known', () => {
    const { step: _, ...without } = context
    expect(() => compileExpression('step.node', declarations).evaluate(without)).toThrow('Unknown variable: step')
  })
})
