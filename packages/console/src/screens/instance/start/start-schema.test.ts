import { expect, test } from 'vitest'
import { startSchemaOf } from './start-schema.ts'

test('a code workflow is asked by its input schema', () => {
  const inputSchema = { type: 'object', properties: { orderId: { type: 'string' } }, required: ['orderId'] }
  expect(startSchemaOf({ kind: 'code', inputSchema })).toEqual({ kind: 'input', schema: inputSchema, isOptional: false })
  expect(startSchemaOf({ kind: 'code' })).toBeUndefined()
})

test('a model may be given the data it declares, and needs none', () => {
  const model = { data: { reason: { type: 'string' } } }
  expect(startSchemaOf({ kind: 'graph', model })).toEqual({
    kind: 'data',
    schema: { type: 'object', properties: { reason: { type: 'string' } } },
    isOptional: true,
  })
  expect(startSchemaOf({ kind: 'graph', model: { data: {} } })).toBeUndefined()
  expect(startSchemaOf({ kind: 'graph' })).toBeUndefined()
})
