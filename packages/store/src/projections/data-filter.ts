/** Filters on data and text, one meaning for every adapter. */
import type { JsonValue } from '@millrace/model'

/** Value at a path such as `order.id` or `lines.0.sku`; a number in the path is a place in a list. */
const valueAt = (data: JsonValue, path: string): JsonValue | undefined => {
  let value: JsonValue | undefined = data
  for (const part of path.split('.')) {
    if (value === null || typeof value !== 'object') return undefined
    if (Array.isArray(value)) value = /^\d+$/.test(part) ? (value as readonly JsonValue[])[Number(part)] : undefined
    else value = Object.hasOwn(value, part) ? (value as { readonly [key: string]: JsonValue })[part] : undefined
    if (value === undefined) return undefined
  }
  return value
}

/** Whether the value at `path` is the one whose JSON text is `wanted`. Of objects the order of keys counts. */
export const isAt = (data: JsonValue, path: string, wanted: string): boolean => {
  const value = valueAt(data, path)
  return value !== undefined && JSON.stringify(value) === wanted
}

/** Whether a text contains another, in any case. */
export const contains = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase())
