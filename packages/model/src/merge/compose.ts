/** The text of merged values: of every piece the text of the side that has it so, lines and comments included; a piece that is a mixture is printed anew. */
import { Document, isCollection, isMap, isScalar, type Node, type YAMLMap } from 'yaml'
import type { JsonValue } from '../model.ts'
import type { DraftText } from './draft-text.ts'
import { type Three, weave } from './merge-values.ts'
import type { Collection, Section, Sections } from './sections.ts'
import { type DraftValues, isSame, objectOf } from './values.ts'

/** @returns undefined where ours has no lines to keep. */
export const compose = ({ base, ours, theirs }: Three<DraftText>, merged: DraftValues): string | undefined => {
  if (ours.sections === undefined) return undefined
  const sides = { base: base.sections, ours: ours.sections, theirs: theirs.sections }
  const values: { readonly [key: string]: JsonValue } = {
    ...objectOf(merged.fields),
    ...(merged.data.size > 0 || ours.sections.keys.some(({ key }) => key === 'data') ? { data: objectOf(merged.data) } : {}),
    nodes: [...merged.nodes.values()].map(objectOf),
  }
  const keysOf = (side: Sections | undefined) => side?.keys.map(({ key }) => key) ?? []
  const keys = weave(keysOf(sides.ours), [...keysOf(sides.theirs), ...Object.keys(values)]).filter((key) => values[key] !== undefined)
  const pieces = keys.map((key) => composeKey(key, values[key] as JsonValue, sides, merged))
  return ours.sections.prefix + joined(pieces)
}

type Sides = Three<Sections | undefined>

const composeKey = (key: string, value: JsonValue, sides: Sides, merged: DraftValues): string => {
  const of = three(sides, (side) => side?.keys.find((each) => each.key === key))
  if (key === 'data' || key === 'nodes') {
    const collections = three(sides, (side) => side?.[key])
    const entries: readonly (readonly [string, JsonValue])[] =
      key === 'data' ? [...merged.data] : [...merged.nodes].map(([id, fields]) => [id, objectOf(fields)])
    const inner = composeEntries(collections, entries, key)
    const own = of.ours ?? of.theirs
    if (inner !== undefined && own !== undefined) return own.lead + inner + own.rest
  }
  const kept = keptSection(of, value)
  if (kept !== undefined) return textOf(kept)
  return printed({ [key]: mixed(of.ours?.node ?? of.theirs?.node, of.theirs?.node, value) }, of.ours ?? of.theirs)
}

/** Entries each with its own lines; undefined where no side has them so. */
const composeEntries = (
  { base, ours, theirs }: Three<Collection | undefined>,
  entries: readonly (readonly [string, JsonValue])[],
  kind: 'data' | 'nodes',
): string | undefined => {
  const own = ours ?? theirs
  const [first] = own?.sections ?? []
  if (own === undefined || first === undefined || entries.length === 0) return undefined
  const find = (collection: Collection | undefined, key: string) => collection?.sections.find((each) => each.key === key)
  const pieces = entries.map(([key, value]) => {
    const of = { base: find(base, key), ours: find(ours, key), theirs: find(theirs, key) }
    const kept = keptSection(of, value)
    if (kept !== undefined) return textOf(moved(kept, first.column))
    const print = mixed(of.ours?.node ?? of.theirs?.node, of.theirs?.node, value)
    return printed(kind === 'data' ? { [key]: print } : [print], { ...(of.ours ?? of.theirs ?? first), column: first.column })
  })
  return own.head + joined(pieces)
}

/** The section of the side that has this value, ours first; with the comments of whoever changed them. */
const keptSection = ({ base, ours, theirs }: Three<Section | undefined>, value: JsonValue): Section | undefined => {
  const has = (section: Section | undefined): section is Section => section !== undefined && isSame(plain(section.node), value)
  const isAsBefore = base !== undefined && ours !== undefined && base.lead + base.body === ours.lead + ours.body
  if (has(ours) && !(isAsBefore && has(theirs))) return ours
  if (!has(theirs)) return undefined
  const isCommented = ours !== undefined && ours.lead !== (base?.lead ?? '')
  return isCommented ? { ...theirs, lead: ours.lead } : theirs
}

/** The node with what differs from the value put right, each part as theirs has written it where they did. */
const mixed = (from: Node | null | undefined, theirs: Node | null | undefined, value: JsonValue): unknown => {
  if (!isMap(from) || typeof value !== 'object' || value === null || Array.isArray(value)) return clean(ifSame(theirs, value)) ?? value
  const map = from.clone() as YAMLMap
  map.items = map.items.filter(({ key }) => Object.hasOwn(value, String(key)))
  for (const [key, part] of Object.entries(value)) {
    if (isSame(plain(map.get(key, true)), part)) continue
    const other = isMap(theirs) ? (theirs.get(key, true) as unknown as Node | undefined) : undefined
    map.set(key, clean(ifSame(other, part)) ?? part)
  }
  return clean(map)
}

const ifSame = (node: Node | null | undefined, value: JsonValue): Node | undefined =>
  node !== null && node !== undefined && isSame(plain(node), value) ? (node.clone() as Node) : undefined

/** Without the comment and blank lines above it: those are the section's. */
const clean = <T extends Node | undefined>(node: T): T => {
  if (node !== undefined) {
    node.commentBefore = null
    node.spaceBefore = false
  }
  return node
}

const printed = (value: unknown, like: Pick<Section, 'lead' | 'rest' | 'column'> | undefined): string => {
  const document = new Document(value)
  const column = like?.column ?? 0
  const text = indented(document.toString({ lineWidth: 0 }), column)
  return (like?.lead ?? '') + text + (like?.rest ?? '')
}

const moved = (section: Section, column: number): Section => {
  if (section.column === column) return section
  const move = (text: string) => indented(text, column - section.column)
  return { ...section, lead: move(section.lead), body: move(section.body), column }
}

/** Every line further right, or left as far as it has blanks. */
const indented = (text: string, by: number): string =>
  by === 0 ? text : text.replace(/^( *)(?=\S)/gm, (_, blanks: string) => ' '.repeat(Math.max(0, blanks.length + by)))

const textOf = ({ lead, body, rest }: Section): string => lead + body + rest

/** Pieces after one another; the last line of a text may have had no end. */
const joined = (pieces: readonly string[]): string =>
  pieces.map((piece, n) => (n === pieces.length - 1 || piece.endsWith('\n') ? piece : `${piece}\n`)).join('')

/** An alias has no value of its own and counts as different: what it leads to is not of its piece. */
const plain = (node: Node | null | undefined): JsonValue | undefined => {
  if (node === undefined || node === null) return node
  const value: unknown = isCollection(node) || isScalar(node) ? node.toJSON() : undefined
  return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as JsonValue)
}

const three = <T, R>({ base, ours, theirs }: Three<T>, of: (side: T) => R): Three<R> => ({
  base: of(base),
  ours: of(ours),
  theirs: of(theirs),
})
