import { celEvaluator, type ExpressionContext, payloadValue } from '@millrace/model'
import { describe, expect, test } from 'vitest'

const context: ExpressionContext = {
  data: { due: '2026-05-01', names: ['user:ana', 'group:editors'], none: [] },
  payload: payloadValue({ kind: 'json', json: { amount: 3 } }),
  initiator: 'ana',
  instance: { id: 'i', title: 't' },
  nowMs: Date.UTC(2026, 0, 1),
}

describe('the evaluator of a host', () => {
  test('asks rules, which give true or false and nothing else', () => {
    expect(celEvaluator.rule('payload.amount > 2', context)).toBe(true)
    expect(() => celEvaluator.rule('payload.amount', context)).toThrow('Rule "payload.amount" gives 3 instead of true or false.')
  })

  test.each([
    ['now + duration("1h")', Date.UTC(2026, 0, 1, 1)],
    ['data.due', Date.UTC(2026, 4, 1)],
    ['"2026-05-01T10:00"', Date.UTC(2026, 4, 1, 10)],
    ['"2026-05-01T10:00:00+02:00"', Date.UTC(2026, 4, 1, 8)],
  ])('reads the date of %s, without a zone as UTC', (source, expected) => {
    expect(celEvaluator.date(source, context)).toBe(expected)
  })

  test.each(['"tomorrow"', '5', '"2026-13-01"', '"2026-05-01 10:00"'])('refuses %s as a date', (source) => {
    expect(() => celEvaluator.date(source, context)).toThrow('which is no date')
  })

  test('finds people', () => {
    expect(celEvaluator.principals('"user:" + initiator', context)).toEqual(['user:ana'])
    expect(celEvaluator.principals('data.names', context)).toEqual(['user:ana', 'group:editors'])
  })

  test.each(['initiator', 'data.none', '[1]', '"user:"'])('refuses %s as people', (source) => {
    expect(() => celEvaluator.principals(source, context)).toThrow('it must give "user:name", "group:name" or a list of them')
  })

  test('makes titles of any value', () => {
    expect(
      ['{{ payload.amount }}', 'a {{ initiator }}', '{{ null }}', '{{ data.names }}'].map((template) =>
        celEvaluator.text(template, context),
      ),
    ).toEqual(['3', 'a ana', '', '["user:ana","group:editors"]'])
  })
})

test('an expression sees a payload by its kind', () => {
  expect(payloadValue({ kind: 'path', ref: '/a' })).toEqual({ path: '/a' })
  expect(payloadValue({ kind: 'uuid', ref: 'u' })).toEqual({ uuid: 'u' })
  expect(payloadValue({ kind: 'json', json: [1] })).toEqual([1])
  expect(payloadValue({ kind: 'none' })).toBeNull()
})
