import type { JsonValue } from '@millrace/model'
import { usageError } from '../cli-error.ts'

/** Text of the longest value that a flag takes; larger ones come from a file (`@FILE`). */
const MAX_NAME = 200

/**
 * Values given as `--data name=value` (repeated) or `--data '{ … }'`. A value that is JSON is read as JSON (`amount=10`, `ok=true`,
 * `tags=["a"]`), anything else is text; `name="10"` is the text 10. `a.b=1` makes an object.
 *
 * @example valuesOf(['amount=10', 'order.id=A1']) // { amount: 10, order: { id: 'A1' } }
 */
export function valuesOf(given: readonly string[]): { readonly [name: string]: JsonValue } {
  const values: { [name: string]: JsonValue } = {}
  for (const one of given) {
    if (one.trimStart().startsWith('{')) Object.assign(values, objectOf(one))
    else assign(values, one)
  }
  return values
}

/**
 * Values to compare data with, by path: `--data order.id=A1` is `{ 'order.id': 'A1' }`.
 */
export function pathsOf(given: readonly string[]): { readonly [path: string]: JsonValue } {
  return Object.fromEntries(
    given.map((one) => {
      const at = one.indexOf('=')
      if (at < 1) throw usageError(`"${one.slice(0, 80)}" compares nothing. Write name=value.`)
      return [one.slice(0, at), jsonOrText(one.slice(at + 1))]
    }),
  )
}

/** JSON, or the text itself: `--input 5` is a number, `--input hello` a text. */
export function jsonOrText(given: string): JsonValue {
  try {
    return JSON.parse(given) as JsonValue
  } catch {
    // Something that begins like JSON was meant to be it.
    if (/^\s*[[{"]/.test(given)) throw usageError(`This is not JSON: ${given.slice(0, 80)}`)
    return given
  }
}

const objectOf = (text: string): { readonly [name: string]: JsonValue } => {
  try {
    return JSON.parse(text) as { readonly [name: string]: JsonValue }
  } catch (error) {
    throw usageError(`--data is not JSON (${(error as Error).message}). Write name=value, or a whole JSON object.`)
  }
}

const assign = (values: { [name: string]: JsonValue }, given: string): void => {
  const at = given.indexOf('=')
  const path = given.slice(0, at).split('.')
  if (at < 1 || path.some((part) => part === '' || part === '__proto__') || at > MAX_NAME) {
    throw usageError(`"${given.slice(0, 80)}" is no value for data. Write name=value, or a JSON object.`)
  }
  let inner = values
  for (const part of path.slice(0, -1)) {
    const next = inner[part]
    const isMap = typeof next === 'object' && next !== null && !Array.isArray(next)
    const map: { [name: string]: JsonValue } = isMap ? { ...(next as { readonly [name: string]: JsonValue }) } : {}
    inner[part] = map
    inner = map
  }
  inner[path.at(-1) ?? ''] = jsonOrText(given.slice(at + 1))
}
