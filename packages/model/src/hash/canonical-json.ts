import type { JsonValue } from '../model.ts'

/**
 * JSON with keys in code unit order and no spaces (RFC 8785): equal values give equal text.
 * Throws TypeError for numbers JSON does not know.
 */
export function canonicalJson(value: JsonValue | undefined): string {
  if (value === undefined) return 'null'
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`${value} is no JSON number.`)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map((entry: JsonValue) => canonicalJson(entry)).join(',')}]`
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined)
  entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonicalJson(entry)}`).join(',')}}`
}
