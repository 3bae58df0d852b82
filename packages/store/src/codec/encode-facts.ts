/**
 * Facts of a tick as the text of a row. Written piece by piece: JSON.stringify over lists made for it took twice as long, and this runs twice for every step of
 * every instance.
 */
import type { Fact } from '@millrace/kernel'
import type { RowContext } from '../projections/context.ts'
import { type BlobWriter, mayShrink, shrink } from './blob.ts'
import { SHAPES, WAITS } from './fact-shapes.ts'

/** `atMs` is the row's; facts of another time keep theirs. */
export const encodeFacts = (
  facts: readonly Fact[],
  options: { readonly atMs: number; readonly context: RowContext; readonly blobs: BlobWriter },
): string => {
  const { atMs, context, blobs } = options
  const text = encodeRow(facts, atMs, context)
  if (!mayShrink(text)) return text
  const small = facts.map((fact) => Object.fromEntries(Object.entries(fact).map(([key, value]) => [key, shrink(value, blobs)])) as Fact)
  return encodeRow(small, atMs, context)
}

const encodeRow = (facts: readonly Fact[], atMs: number, context: RowContext): string => {
  let text = context.size === 0 ? '' : encodeContext(context)
  for (const fact of facts) text += `${text === '' ? '' : ','}${encodeFact(fact, atMs)}`
  return `[${text}]`
}

const encodeContext = (context: RowContext): string => {
  let text = ''
  for (const [n, { node, waits }] of context) text += `${text === '' ? '' : ','}"${n}":${quoted(WAITS.indexOf(waits) + node)}`
  return `{${text}}`
}

interface Writing {
  readonly head: string
  readonly keys: readonly string[]
}

const WRITINGS: ReadonlyMap<string, Writing> = new Map(SHAPES.map(({ t, keys }, code) => [t, { head: `[${code}`, keys }]))

const encodeFact = (fact: Fact, atMs: number): string => {
  const writing = WRITINGS.get(fact.t)
  // A type that this release has no shape for keeps all its words.
  if (writing === undefined) return JSON.stringify(fact)
  const values = fact as { readonly [key: string]: unknown }
  const { head, keys } = writing
  let text = head
  for (let index = 0; index < keys.length; index++) {
    const value = values[keys[index] as string]
    if (value === undefined) throw new Error(`A fact "${fact.t}" needs "${keys[index]}".`)
    text += `,${jsonOf(value)}`
  }
  const names = Object.keys(fact)
  // Nothing but `t`, `at` and what stands without names.
  if (names.length === keys.length + 2 && fact.at === atMs) return `${text}]`
  let rest = fact.at === atMs ? '' : `"at":${fact.at}`
  for (let index = 0; index < names.length; index++) {
    const name = names[index] as string
    if (name === 'at' || name === 't' || keys.includes(name)) continue
    const value = values[name]
    if (value === undefined || (fact.t === 'created' && isInRow(fact, name))) continue
    rest += `${rest === '' ? '' : ','}${quoted(name)}:${jsonOf(value)}`
  }
  return rest === '' ? `${text}]` : `${text},{${rest}}]`
}

/** What the instance's row says too: immutable, so it is put back word for word when the fact is read. */
const isInRow = (fact: Extract<Fact, { t: 'created' }>, key: string): boolean => {
  switch (key) {
    case 'id':
    case 'workspace':
    case 'workflow':
    case 'version':
    case 'kind':
    case 'title':
    case 'payload':
    case 'parent':
      return true
    case 'status':
      return fact.status === 'RUNNING'
    case 'locks':
      return fact.locks?.length !== 0
    case 'by':
      return fact.for === undefined && fact.by !== 'system'
    default:
      return false
  }
}

/** JSON of a value; what most values of facts are (a number, a short word, a list of one number) without a call into the serializer. */
const jsonOf = (value: unknown): string => {
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'number') return Number.isFinite(value) ? `${value}` : 'null'
  if (Array.isArray(value) && value.length < 2) {
    if (value.length === 0) return '[]'
    if (typeof value[0] === 'number') return `[${jsonOf(value[0])}]`
  }
  return JSON.stringify(value) ?? 'null'
}

const MAX_KEPT_LENGTH = 32
const MAX_KEPT = 2_000
/** Names of keys, nodes and statuses come again and again. */
const kept = new Map<string, string>()

const quoted = (text: string): string => {
  if (text.length > MAX_KEPT_LENGTH) return JSON.stringify(text)
  const known = kept.get(text)
  if (known !== undefined) return known
  const quotes = JSON.stringify(text)
  if (kept.size >= MAX_KEPT) kept.clear()
  kept.set(text, quotes)
  return quotes
}
