/** What may be typed at a place of a model's text: keys by the published schema, node ids after what leads somewhere, tasks after `task:`. */
import { modelSchema } from '@millrace/model'
import type { Completion } from './check.ts'

interface SchemaPart {
  readonly description?: string
  readonly const?: unknown
  readonly properties?: { readonly [name: string]: SchemaPart }
}

const schema = modelSchema as unknown as SchemaPart & { readonly $defs: { readonly [name: string]: SchemaPart } }

/** Keys whose value is the id of a node. */
const LEADS = new Set(['next', 'to'])

export const completionsAt = (
  text: string,
  offset: number,
  tasks: readonly string[],
): { readonly from: number; readonly completions: readonly Completion[] } => {
  const begin = text.lastIndexOf('\n', offset - 1) + 1
  const before = text.slice(begin, offset)
  const value = /([A-Za-z-]+):\s*([\w.-]*)$/.exec(before)
  if (value !== null) return { from: offset - (value[2] ?? '').length, completions: valuesOf(value[1] ?? '', text, tasks) }
  const key = /(?:^\s*(?:-\s*)?|[{,]\s*)([A-Za-z-]*)$/.exec(before)
  if (key === null) return { from: offset, completions: [] }
  return { from: offset - (key[1] ?? '').length, completions: keysAt(text, begin, before) }
}

const valuesOf = (key: string, text: string, tasks: readonly string[]): readonly Completion[] => {
  if (key === 'type') return nodeTypes()
  if (key === 'task') return tasks.map((label) => ({ label }))
  if (LEADS.has(key)) return [...nodeIds(text), 'end'].map((label) => ({ label }))
  if (key === 'assign') return ['initiator', 'group:', 'user:'].map((label) => ({ label }))
  if (key === 'payload') return ['path', 'uuid', 'url', 'json', 'none'].map((label) => ({ label }))
  if (key === 'then') return ['remind', 'fail', 'route'].map((label) => ({ label }))
  return []
}

const nodeTypes = (): readonly Completion[] =>
  Object.entries(schema.$defs).flatMap(([name, part]) =>
    part.properties?.['type']?.const === name ? [{ label: name, ...about(part) }] : [],
  )

const about = (part: SchemaPart): { readonly detail?: string } => (part.description === undefined ? {} : { detail: part.description })

const nodeIds = (text: string): readonly string[] =>
  [...text.matchAll(/^\s*-\s*(?:\{\s*)?id:\s*([\w.-]+)/gm)].flatMap((match) => match[1] ?? [])

/** Keys of the model at the margin, of the node elsewhere; a node whose type is known offers its own only. */
const keysAt = (text: string, begin: number, before: string): readonly Completion[] => {
  if (/^[A-Za-z-]*$/.test(before)) return keysOf(schema)
  const item = text.slice(text.slice(0, begin + before.length).search(/-\s[^\n]*(?:\n(?!\s*-\s)[^\n]*)*$/), begin + before.length)
  const type = /\btype:\s*([a-z-]+)/.exec(item)?.[1]
  const known = type === undefined ? undefined : schema.$defs[type]
  if (known !== undefined) return keysOf(known)
  const all = new Map<string, Completion>()
  for (const part of Object.values(schema.$defs))
    if (part.properties?.['type'] !== undefined) for (const each of keysOf(part)) all.set(each.label, each)
  return [...all.values()]
}

const keysOf = (part: SchemaPart): readonly Completion[] =>
  Object.entries(part.properties ?? {}).map(([name, value]) => ({ label: `${name}: `, ...about(value) }))
