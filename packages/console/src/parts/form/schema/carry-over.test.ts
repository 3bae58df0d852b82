import { expect, test } from 'vitest'
import { carryOver } from './carry-over.ts'

const before = { type: 'object', properties: { reason: { type: 'string', title: 'Why' }, old: { type: 'string', title: 'Old field' } } }

test('fields that are still there keep what was typed, the others are listed by their words', () => {
  const after = { type: 'object', properties: { reason: { type: 'string', minLength: 100 } } }
  expect(carryOver({ reason: 'late', old: 'gone' }, after, before)).toEqual({
    value: { reason: 'late' },
    left: [{ pointer: '/old', label: 'Old field', value: 'gone' }],
  })
})

test('a field that now takes another type gives its value back', () => {
  const after = { type: 'object', properties: { reason: { type: 'number' }, pick: { enum: ['a'] } } }
  expect(carryOver({ reason: 'late', pick: 'b' }, after, before)).toEqual({
    value: {},
    left: [
      { pointer: '/reason', label: 'Why', value: 'late' },
      { pointer: '/pick', label: 'Pick', value: 'b' },
    ],
  })
})

test('records are looked into, so one field lost does not lose the others', () => {
  const after = { type: 'object', properties: { to: { type: 'object', properties: { zip: { type: 'string' } } } } }
  expect(carryOver({ to: { zip: '1', street: 'Long road' } }, after)).toEqual({
    value: { to: { zip: '1' } },
    left: [{ pointer: '/to/street', label: 'Street', value: 'Long road' }],
  })
})

test('what was left empty is not worth listing', () => {
  expect(carryOver({ old: '', other: null }, { type: 'object', properties: {} }).left).toEqual([])
})
