import { compileTemplate, type ExpressionContext, evaluateTemplate, isTemplate, type JsonValue } from '@millrace/model'
import { describe, expect, test } from 'vitest'

const declarations = { payload: 'path', data: { amount: { type: 'number' }, tags: { type: 'array' } } } as const
const context: ExpressionContext = {
  data: { amount: 12.5, tags: ['a', 'b'], none: null },
  payload: { path: '/a' },
  initiator: 'ana',
  instance: { id: 'i', title: 't' },
  nowMs: 0,
}

describe('a template', () => {
  test.each<[string, JsonValue]>([
    ['plain text', 'plain text'],
    ['Review {{ payload.path }}', 'Review /a'],
    ['{{ data.amount }}', 12.5],
    ['{{data.tags}}', ['a', 'b']],
    ['{{ data.amount }} of {{ initiator }}', '12.5 of ana'],
    [' {{ data.amount }}', ' 12.5'],
    ['tags: {{ data.tags }}, {{ data.none }}.', 'tags: ["a","b"], .'],
    ['{{ {"a": "}}"} }}', { a: '}}' }],
    ['{{ "{{" }} and }}', '{{ and }}'],
    ['{{ "it\\"s }}" }}', 'it"s }}'],
    ['a } b { c', 'a } b { c'],
  ])('%s gives %j', (source, expected) => {
    expect(compileTemplate(source, declarations).evaluate(context)).toEqual(expected)
  })

  test.each<[string, string, number]>([
    ['x {{ data.amont }}', 'data.amont is not declared.', 10],
    ['{{ a', 'The template opens {{ and never closes it.', 0],
    ['ok {{ 1 }} {{ "a }} b', 'The template opens {{ and never closes it.', 11],
    ['{{ }}', 'The expression is empty.', 2],
  ])('%s has a problem at its place', (source, message, offset) => {
    expect(compileTemplate(source, declarations).problems).toMatchObject([{ message, offset }])
  })

  test('reports the problems of all its expressions', () => {
    expect(compileTemplate('{{ data.a }} {{ data.b }}', declarations).problems).toHaveLength(2)
  })

  test('that never closes does not run', () => {
    expect(() => compileTemplate('{{ a', declarations).evaluate(context)).toThrow('opens {{ and never closes it')
  })

  test('may stand anywhere in a value, but not in its keys', () => {
    const value = { url: 'http://x{{ payload.path }}', body: [{ amount: '{{ data.amount }}' }, 1, null], '{{ a }}': true }
    expect(evaluateTemplate(value, context)).toEqual({ url: 'http://x/a', body: [{ amount: 12.5 }, 1, null], '{{ a }}': true })
  })

  test('is known by its braces', () => {
    expect([isTemplate('{{ a }}'), isTemplate('{ a }')]).toEqual([true, false])
  })
})
