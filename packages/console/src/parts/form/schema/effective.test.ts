import { describe, expect, test } from 'vitest'
import { effectiveOf } from './effective.ts'
import { initialOf } from './initial.ts'
import type { JsonSchema, JsonValue } from './json.ts'
import { type Kind, kindOf } from './kind.ts'
import { labelOf } from './label.ts'

describe('what a schema asks now', () => {
  const conditional = {
    type: 'object',
    properties: { kind: { enum: ['company', 'person'] } },
    required: ['kind'],
    if: { properties: { kind: { const: 'company' } }, required: ['kind'] },
    then: { properties: { vat: { type: 'string' } }, required: ['vat'] },
    else: { properties: { born: { type: 'string', format: 'date' } } },
  }

  test('depends on what was answered', () => {
    const company = effectiveOf(conditional, { kind: 'company' }, conditional).schema
    expect([company.properties, company.required]).toEqual([
      { kind: { enum: ['company', 'person'] }, vat: { type: 'string' } },
      ['kind', 'vat'],
    ])
    expect(Object.keys(effectiveOf(conditional, undefined, conditional).schema.properties ?? {})).toEqual(['kind', 'born'])
  })

  test('follows references and adds the parts of allOf, keeping the words beside them', () => {
    const root = {
      $defs: { base: { type: 'object', title: 'Base', properties: { a: { type: 'string' } }, required: ['a'] } },
      allOf: [{ $ref: '#/$defs/base' }, { properties: { b: { type: 'number' } }, required: ['b'] }],
      title: 'Mine',
    }
    expect(effectiveOf(root, {}, root).schema).toMatchObject({
      type: 'object',
      title: 'Mine',
      properties: { a: {}, b: {} },
      required: ['a', 'b'],
    })
  })

  test('of a schema that contains itself comes to an end', () => {
    const root = { $ref: '#' }
    expect(effectiveOf(root, {}, root).schema).toEqual({})
  })

  test('sees that nothing is an answer', () => {
    expect(effectiveOf({ type: ['string', 'null'] }, null, {})).toEqual({ schema: { type: 'string' }, isNullable: true })
    expect(effectiveOf({ anyOf: [{ type: 'null' }, { type: 'string', format: 'date' }], title: 'On' }, null, {})).toEqual({
      schema: { type: 'string', format: 'date', title: 'On' },
      isNullable: true,
    })
  })
})

const kinds: readonly (readonly [JsonSchema, Kind])[] = [
  [{ type: 'string' }, 'short'],
  [{ type: 'string', maxLength: 2000 }, 'long'],
  [{ type: 'string', format: 'markdown' }, 'markdown'],
  [{ type: 'string', format: 'date' }, 'date'],
  [{ type: 'string', format: 'date-time' }, 'date-time'],
  [{ type: 'number' }, 'number'],
  [{ type: 'integer' }, 'integer'],
  [{ type: 'boolean' }, 'boolean'],
  [{ enum: ['a'] }, 'choice'],
  [{ oneOf: [{ const: 1, title: 'One' }] }, 'choice'],
  [{ type: 'array', uniqueItems: true, items: { enum: ['a', 'b'] } }, 'choices'],
  [{ type: 'array', items: { type: 'string' } }, 'values'],
  [{ type: 'array', items: { properties: { a: {} } } }, 'records'],
  [{ type: 'object', properties: { a: {} } }, 'record'],
  [{ const: 3 }, 'constant'],
  [
    {
      oneOf: [
        { properties: { k: { const: 'a' } }, required: ['k'] },
        { properties: { k: { const: 'b' } }, required: ['k'] },
      ],
    },
    'one-of',
  ],
  [{ oneOf: [{ type: 'string' }, { type: 'number' }] }, 'json'],
  [{ type: 'object', additionalProperties: { type: 'number' } }, 'json'],
  [{ type: 'array', prefixItems: [{}] }, 'json'],
  [{}, 'json'],
]

test.each(kinds)('%j is shown as %s', (schema, kind) => {
  expect(kindOf(schema)).toBe(kind)
})

test('a form begins with its defaults and with what cannot be otherwise, and makes nothing up', () => {
  const schema: JsonSchema = {
    type: 'object',
    properties: {
      a: { type: 'string', default: 'x' },
      b: { const: 7 },
      c: { const: 8 },
      d: { type: 'object', properties: { e: { type: 'number', default: 1 }, f: { type: 'string' } } },
      g: { type: 'string' },
    },
    required: ['b', 'd', 'g'],
  }
  const expected: JsonValue = { a: 'x', b: 7, d: { e: 1 } }
  expect(initialOf(schema)).toEqual(expected)
})

test('a field without a title is named after its name', () => {
  expect(['invoiceNumber', 'due_date', 'VAT', 'zip-code', 'größeÄnderung'].map((name) => labelOf({}, name))).toEqual([
    'Invoice number',
    'Due date',
    'VAT',
    'Zip code',
    'Größe änderung',
  ])
})
