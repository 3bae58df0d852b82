import type { JsonSchema, JsonValue, PayloadKind } from '@millrace/model'
import type { SyncedFile } from '../project/sync-project.ts'

/** Enough to show the kinds of workflow a project has; the console lists them all. */
const MAX_LINES = 3

const PAYLOADS: { readonly [kind in PayloadKind]: string } = {
  path: ' --payload /content/home',
  uuid: ' --payload 0193e3a0-0000-7000-8000-000000000001',
  url: ' --payload https://example.org/home',
  json: " --payload '{}'",
  none: '',
}

/**
 * Commands that start what a project has, as they can be typed.
 *
 * @returns `instance start publish-page --payload /content/home`, without the name of the program; `workflow list` where there is nothing to start
 */
export const exampleStarts = (synced: readonly SyncedFile[]): readonly string[] => {
  const lines = synced.flatMap(({ workflow, error, payload, inputSchema }) => {
    if (workflow === undefined || error !== undefined) return []
    if (payload !== undefined) return [`instance start ${workflow}${PAYLOADS[payload]}`]
    return [`instance start ${workflow}${inputSchema === undefined ? '' : ` --input ${quoted(exampleOf(inputSchema))}`}`]
  })
  return lines.length === 0 ? ['workflow list'] : lines.slice(0, MAX_LINES)
}

/** In single quotes nothing means anything to a shell but the quote itself. */
const quoted = (value: JsonValue): string => `'${JSON.stringify(value).replaceAll("'", "'\\''")}'`

/** A value of the schema, with the required members only: its own example or default where it has one. */
const exampleOf = (schema: JsonSchema): JsonValue => {
  const { examples, enum: values, anyOf, properties, required } = schema
  const given = [listOf(examples)[0], schema['default'], schema['const'], listOf(values)[0]].find((value) => value !== undefined)
  if (given !== undefined) return given
  const [first] = listOf(anyOf)
  if (isSchema(first)) return exampleOf(first)
  if (schema['type'] === 'object' && isSchema(properties)) {
    const needed = new Set(listOf(required))
    return Object.fromEntries(
      Object.entries(properties).flatMap(([name, member]) => (needed.has(name) && isSchema(member) ? [[name, exampleOf(member)]] : [])),
    )
  }
  return simpleOf(schema)
}

const simpleOf = (schema: JsonSchema): JsonValue => {
  if (schema['type'] === 'number' || schema['type'] === 'integer') return numberOf(schema)
  if (schema['type'] === 'boolean') return true
  if (schema['type'] === 'array') return []
  return schema['type'] === 'string' ? (STRINGS[typeof schema['format'] === 'string' ? schema['format'] : ''] ?? 'text') : {}
}

/** 42 where it fits: one that a reader knows to be an example. */
const numberOf = ({ minimum, exclusiveMinimum, maximum }: JsonSchema): number => {
  const least = typeof minimum === 'number' ? minimum : typeof exclusiveMinimum === 'number' ? exclusiveMinimum + 1 : 0
  return Math.max(least, Math.min(42, typeof maximum === 'number' ? maximum : 42))
}

const STRINGS: { readonly [format: string]: string } = {
  date: '2026-03-02',
  'date-time': '2026-03-02T09:00:00Z',
  email: 'ana@example.org',
  uri: 'https://example.org',
  uuid: '0193e3a0-0000-7000-8000-000000000001',
}

const listOf = (value: JsonValue | undefined): readonly JsonValue[] => (Array.isArray(value) ? (value as readonly JsonValue[]) : [])
const isSchema = (value: JsonValue | undefined): value is JsonSchema => typeof value === 'object' && value !== null && !Array.isArray(value)
