import type { JsonValue } from '../../model.ts'

/** Whether two plain values are alike; keys in any order, a key with undefined as if it were absent. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false
  const [left, right] = [a as { readonly [key: string]: JsonValue }, b as { readonly [key: string]: JsonValue }]
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((key) => isEqual(left[key], right[key]))
}
