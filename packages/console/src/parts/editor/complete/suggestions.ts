import type { JsonSchema, JsonValue } from '@millrace/model'
import type { Place } from './place.ts'
import { type Allowed, allowedAt, isSchema } from './schema-walk.ts'

export interface Suggestion {
  readonly label: string
  readonly kind: 'key' | 'value'
  /** What is put in place of what was typed. */
  readonly insert: string
  /** A few words beside it, and the sentence of the schema. */
  readonly detail?: string
  readonly info?: string
  /** Must be there: comes first. */
  readonly isRequired: boolean
}

/** Words that are not in the schema because they are not in the language: what this host has. */
export interface HostWords {
  readonly tasks?: readonly string[]
  readonly workflows?: readonly string[]
  /** `user:ana`, `group:editors` */
  readonly principals?: readonly string[]
}

/** What may stand at a place: keys that are not there yet, values that the schema names, ids of the nodes of this text. */
export function suggestionsAt(
  place: Place,
  { schema, text, words = {} }: { readonly schema: JsonSchema; readonly text: string; readonly words?: HostWords },
): readonly Suggestion[] {
  const allowed = allowedAt(schema, place.path, place.records)
  const values = () => allowed.flatMap((one) => valuesOf(one, { text, words, path: place.path }))
  if (place.kind === 'value') return unique(values())
  const present = place.records.at(-1) ?? new Map<string, string>()
  const keys = allowed.flatMap(({ schema: one }) => keysOf(one, place, present))
  // After a dash there may be a record or a plain entry.
  return unique(place.isEntry ? [...values(), ...keys] : keys)
}

function keysOf(schema: JsonSchema, place: Place, present: ReadonlyMap<string, string>): readonly Suggestion[] {
  const { properties, required } = schema
  if (!isSchema(properties)) return []
  return Object.entries(properties)
    .filter(([name]) => !present.has(name) || name === place.prefix)
    .map(([name, property]) => {
      const info = isSchema(property) && typeof property.description === 'string' ? property.description : undefined
      return {
        label: name,
        kind: 'key',
        insert: `${name}: `,
        isRequired: Array.isArray(required) && required.includes(name),
        ...(info === undefined ? {} : { info }),
      }
    })
}

interface Around {
  readonly text: string
  readonly words: HostWords
  readonly path: readonly string[]
}

function valuesOf({ schema, names }: Allowed, around: Around): readonly Suggestion[] {
  const info = typeof schema.description === 'string' ? schema.description : undefined
  const written = [
    ...listOf(schema.enum),
    ...(schema.const === undefined ? [] : [schema.const]),
    ...(schema.type === 'boolean' ? [true, false] : []),
    ...listOf(schema.examples),
  ]
  return [...hostWords(names, around), ...written.filter(isScalar).map(String)].map((label) => ({
    label,
    kind: 'value',
    insert: needsQuotes(label) ? JSON.stringify(label) : label,
    isRequired: false,
    ...(schema.default !== undefined && isScalar(schema.default) && String(schema.default) === label ? { detail: 'default' } : {}),
    ...(info === undefined ? {} : { info }),
  }))
}

function hostWords(names: ReadonlySet<string>, { text, words, path }: Around): readonly string[] {
  if (names.has('target')) return [...idsIn(text), 'end']
  if (names.has('principal')) return words.principals ?? []
  const key = path.at(-1)
  if (key === 'task' || key === 'run') return words.tasks ?? []
  if (key === 'workflow') return words.workflows ?? []
  if (key === 'stage') return stagesIn(text)
  return []
}

/** Ids of the nodes a text names, in their order. */
export function idsIn(text: string): readonly string[] {
  return [...text.matchAll(/^ *- *(?:\{.*?\b)?(?:id: *["']?([\w.-]+))/gm)].flatMap(([, id]) => (id === undefined ? [] : [id]))
}

function stagesIn(text: string): readonly string[] {
  const flow = /^stages: *\[(.*)\]/m.exec(text)?.[1]
  if (flow !== undefined) return flow.split(',').map((one) => one.trim().replaceAll(/^["']|["']$/g, ''))
  const block = /^stages: *\n((?: *- .*\n?)+)/m.exec(text)?.[1] ?? ''
  return [...block.matchAll(/^ *- *(.+?) *$/gm)].flatMap(([, one]) => (one === undefined ? [] : [one.replaceAll(/^["']|["']$/g, '')]))
}

/** A colon followed by a space, a sign with a meaning in front, or a word that YAML reads as something else. */
function needsQuotes(text: string): boolean {
  return /^[\s&*!|>'"%@`{[#,?-]|: |\s#|[:\s]$/.test(text)
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : []
}

function isScalar(value: JsonValue): value is string | number | boolean {
  return typeof value !== 'object'
}

function unique(list: readonly Suggestion[]): readonly Suggestion[] {
  const seen = new Map<string, Suggestion>()
  for (const one of list) {
    const known = seen.get(one.label)
    if (known === undefined || (one.isRequired && !known.isRequired))
      seen.set(one.label, known === undefined ? one : { ...known, isRequired: true })
  }
  return [...seen.values()]
}
