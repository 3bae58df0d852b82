import { describe, expect, test } from 'vitest'
import type { JsonSchema, JsonValue } from '../schema/json.ts'
import { problemsOf } from './problems.ts'

const at = (schema: JsonSchema, value: JsonValue) =>
  problemsOf(schema, value).map(({ pointer, keyword, limit }) => [pointer, keyword, limit])

const payment: JsonSchema = {
  type: 'object',
  properties: {
    paid: {
      oneOf: [
        { $ref: '#/$defs/card' },
        {
          type: 'object',
          properties: { by: { const: 'cash' }, amount: { type: 'number', minimum: 1 } },
          required: ['by', 'amount'],
          additionalProperties: false,
        },
      ],
    },
  },
  $defs: {
    card: { type: 'object', properties: { by: { const: 'card' }, number: { type: 'string', minLength: 4 } }, required: ['by', 'number'] },
  },
}

describe('problems of a form', () => {
  test('are told at the field, with the limit that is broken', () => {
    const schema = {
      type: 'object',
      properties: { 'a/b': { $ref: '#/$defs/name' } },
      required: ['a/b', 'c'],
      $defs: { name: { type: 'string', minLength: 3 } },
    }
    expect(at(schema, { 'a/b': 'x' })).toEqual([
      ['/c', 'required', ['a/b', 'c']],
      ['/a~1b', 'minLength', 3],
    ])
  })

  test('inside a choice are those of the variant that was chosen', () => {
    expect(at(payment, { paid: { by: 'card', number: '1' } })).toEqual([['/paid/number', 'minLength', 4]])
    expect(at(payment, { paid: { by: 'cash', amount: 0 } })).toEqual([['/paid/amount', 'minimum', 1]])
    expect(at(payment, { paid: { by: 'cash', amount: 2, number: '1' } })).toEqual([['/paid/number', 'unknown', undefined]])
  })

  test('of a choice without a variant are the choice', () => {
    expect(at(payment, { paid: {} })).toEqual([['/paid/by', 'required', true]])
  })

  test('of what may be empty are those of the value that is there', () => {
    expect(
      at({ type: 'object', properties: { on: { anyOf: [{ type: 'string', format: 'date' }, { type: 'null' }] } } }, { on: 'x' }),
    ).toEqual([['/on', 'format', 'date']])
  })

  test('are one for each field', () => {
    expect(at({ type: 'string', minLength: 5, pattern: '^a' }, 'b')).toHaveLength(1)
  })

  test('of a schema that is itself wrong are left to the server', () => {
    expect(problemsOf({ type: 'string', pattern: '(' }, 'x')).toEqual([])
    expect(problemsOf({ $ref: '#/$defs/nowhere' }, 'x')).toEqual([])
  })

  test('are found without touching the schema, which may be frozen', () => {
    const schema = Object.freeze({ type: 'object', properties: Object.freeze({ a: Object.freeze({ type: 'string' }) }) })
    expect(at(schema, { a: 1 })).toEqual([['/a', 'type', 'string']])
  })
})
