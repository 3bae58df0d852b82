/**
 * Metadata of AEM nodes and models, word for word.
 *
 * Every value is a text or a list of texts. A value that is no string in the repository keeps its type in front, as FileVault
 * writes it: `{Long}5`, `{Boolean}true`, `{Date}2024-03-11T23:30:43.622-04:00`. A string that happens to look like that has a
 * backslash before the brace. Properties of child nodes have their path as key: `items/item0/regex`.
 */
import type { JsonValue } from '../model.ts'

export type Metadata = { readonly [key: string]: string | readonly string[] }

/** JCR's property types but String, which is written without a type. */
const TYPES = [
  'Boolean',
  'Long',
  'Double',
  'Decimal',
  'Date',
  'Name',
  'Path',
  'URI',
  'Reference',
  'WeakReference',
  'Binary',
  'BinaryRef',
] as const
const TYPED = new RegExp(`^\\{(${TYPES.join('|')})\\}`)
const LOOKS_TYPED = new RegExp(`^\\\\*\\{(?:${TYPES.join('|')})\\}`)

export function isValueType(name: string): boolean {
  return name === 'String' || (TYPES as readonly string[]).includes(name)
}

/** One value with its type; absent type = String. */
export function withType(value: string, type: string | undefined): string {
  if (type !== undefined && type !== 'String') return `{${type}}${value}`
  return LOOKS_TYPED.test(value) ? `\\${value}` : value
}

export function splitType(value: string): { readonly type?: string; readonly text: string } {
  const type = TYPED.exec(value)?.[1]
  if (type !== undefined) return { type, text: value.slice(type.length + 2) }
  return { text: LOOKS_TYPED.test(value) ? value.slice(1) : value }
}

/** The first value without its type, or undefined when it is absent or empty. */
export function textOf(metadata: Metadata, key: string): string | undefined {
  const text = textsOf(metadata, key)[0]
  return text === '' ? undefined : text
}

/** All values without their types. */
export function textsOf(metadata: Metadata, key: string): readonly string[] {
  const value = Object.hasOwn(metadata, key) ? metadata[key] : undefined
  if (value === undefined) return []
  return (typeof value === 'string' ? [value] : value).map((entry) => splitType(entry).text)
}

export function isTrue(metadata: Metadata, key: string): boolean {
  return textOf(metadata, key) === 'true'
}

/** A value as JSON: numbers and booleans by their type, everything else as text. */
export function jsonOf(value: string | readonly string[]): JsonValue {
  if (typeof value !== 'string') return value.map(jsonOf)
  const { type, text } = splitType(value)
  if (type === 'Boolean') return text === 'true'
  if ((type === 'Long' || type === 'Double' || type === 'Decimal') && text.trim() !== '' && Number.isFinite(Number(text)))
    return Number(text)
  return text
}

/** The reverse of {@link jsonOf}: what the REST form gives as JSON, in the notation of this file. */
export function metadataValue(json: unknown): string | readonly string[] {
  if (Array.isArray(json)) return json.map((entry) => single(entry))
  return single(json)
}

function single(json: unknown): string {
  if (typeof json === 'string') return withType(json, undefined)
  if (typeof json === 'boolean') return withType(String(json), 'Boolean')
  if (typeof json === 'number') return withType(String(json), Number.isInteger(json) ? 'Long' : 'Double')
  return json === null || json === undefined ? '' : withType(JSON.stringify(json), undefined)
}

/** Without the named keys. */
export function without(metadata: Metadata, keys: readonly string[]): Metadata {
  return Object.fromEntries(Object.entries(metadata).filter(([key]) => !keys.includes(key)))
}
