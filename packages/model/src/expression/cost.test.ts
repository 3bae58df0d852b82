import { type ExpressionContext, ExpressionError, evaluateExpression } from '@millrace/model'
import { describe, expect, test } from 'vitest'

const big = Array.from({ length: 20_000 }, (_, n) => ({ n }))
const context: ExpressionContext = {
  data: { big, text: 'x'.repeat(1_000) },
  payload: null,
  initiator: 'ana',
  instance: { id: 'i', title: 't' },
  nowMs: 0,
}

/** Far more than the limit takes on a slow machine, far less than any of these would take without it. */
const SOON_MS = 2_000

function outcome(source: string): unknown {
  const began = performance.now()
  try {
    return evaluateExpression(source, context)
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    return error.code
  } finally {
    expect(performance.now() - began).toBeLessThan(SOON_MS)
  }
}

describe('an expression that would take for ever', () => {
  test.each([
    ['loops in loops', 'data.big.all(a, data.big.all(b, a.n >= 0 && b.n >= 0))'],
    ['loops in loops whose errors are swallowed', 'data.big.exists(a, data.big.exists(b, a.n < 0 || b.n < 0)) || true'],
    ['loops in filters', 'data.big.filter(a, data.big.exists(b, b.n > a.n && b.n < a.n)).size() > 0'],
    ['comparing long lists again and again', 'data.big.map(a, data.big == data.big).size()'],
    ['looking in long lists again and again', 'data.big.map(a, a in data.big).size()'],
    ['joining long lists again and again', 'data.big.map(a, size(data.big + data.big)).size()'],
    ['splitting long texts again and again', 'data.big.map(a, data.text.split("").size()).size()'],
    ['texts that double', `cel.bind(a, data.text, ${'cel.bind(a, a + a + a + a, '.repeat(12)}a.size()${')'.repeat(12)})`],
    ['lists that double', `cel.bind(a, data.big, ${'cel.bind(a, a + a + a + a, '.repeat(12)}a.size()${')'.repeat(12)})`],
  ])('stops at the cost limit: %s', (_, source) => {
    expect(outcome(source)).toBe('EXPRESSION_COST')
  })

  test('leaves the next one its whole budget', () => {
    outcome('data.big.all(a, data.big.all(b, true))')
    expect(outcome('data.big.filter(a, a.n > 10).size()')).toBe(19_989)
  })
})

test.each(['data.big.all(a, a.n >= 0)', 'data.big.map(a, a.n).size() == 20000', 'data.text.contains("y") == false'])(
  '%s is within the limit',
  (source) => {
    expect(outcome(source)).toBe(true)
  },
)
