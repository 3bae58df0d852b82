import type { JsonValue } from '@millrace/model'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countChanges, type DiffNode, diffOf } from './diff.ts'

/** `name:change` of every entry that differs, with the way to it. */
function told(node: DiffNode, way = ''): readonly string[] {
  if (node.change === 'same') return []
  if (node.change !== 'inside') return [`${way}:${node.change}`]
  return node.entries.flatMap((one) => told(one, `${way}/${one.key}`))
}

describe('the difference of two values', () => {
  test('is told where it begins', () => {
    const before = { a: 1, b: { c: 'x', d: 'y' }, e: [1, 2] }
    const after = { a: 1, b: { c: 'z', d: 'y', f: null }, g: true }
    expect(told(diffOf(before, after))).toEqual(['/b/c:changed', '/b/f:added', '/g:added', '/e:removed'])
    expect(countChanges(diffOf(before, after))).toBe(4)
  })

  test('of lists does not call everything changed because something came first', () => {
    expect(told(diffOf(['b', 'c'], ['a', 'b', 'c']))).toEqual(['/0:added'])
    expect(told(diffOf(['a', 'b', 'c'], ['a', 'c']))).toEqual(['/1:removed'])
    expect(told(diffOf([{ id: 1, n: 'x' }], [{ id: 1, n: 'y' }]))).toEqual(['/0/n:changed'])
  })

  test('of two kinds of value is one change', () => {
    expect(told(diffOf({ a: [1] }, { a: { 0: 1 } }))).toEqual(['/a:changed'])
    expect(told(diffOf({ a: null }, { a: {} }))).toEqual(['/a:changed'])
  })

  test('does not mind the order of names, nor names that every object has', () => {
    expect(told(diffOf({ a: 1, b: 2 }, { b: 2, a: 1 }))).toEqual([])
    expect(told(diffOf({}, { constructor: 1 }))).toEqual(['/constructor:added'])
  })

  test('is none exactly when they are equal', () => {
    const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<JsonValue>
    fc.assert(
      fc.property(json, json, (a, b) => {
        expect(countChanges(diffOf(a, structuredClone(a)))).toBe(0)
        const isEqual = JSON.stringify(canonical(a)) === JSON.stringify(canonical(b))
        expect(countChanges(diffOf(a, b)) === 0).toBe(isEqual)
      }),
    )
  })
})

function canonical(value: JsonValue): unknown {
  if (Array.isArray(value)) return ['list', ...value.map((one) => canonical(one))]
  if (typeof value !== 'object' || value === null) return value === 0 ? 0 : value
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, one]) => [name, canonical(one)])
}
