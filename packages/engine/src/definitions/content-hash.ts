import type { Model } from '@millrace/model'
import { createHash } from 'node:crypto'

/** Hash of what a model means: keys in one order, so that the order of writing changes nothing. Hex SHA-256. */
export const contentHash = (model: Model): string => createHash('sha256').update(canonical(model)).digest('hex')

const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).filter(([, each]) => each !== undefined)
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(',')}}`
}
