/** Three-way merge of what two drafts say: a thing that one side changed is as that side has it; of one that both changed, a person chooses. */
import { stringify } from 'yaml'
import type { JsonValue } from '../model.ts'
import { keyOf, type MergeConflict, type MergedThing, type MergeSide } from './conflict.ts'
import { type DraftValues, type Fields, firstOf, isSame, isSameFields, NO_FIELDS, objectOf } from './values.ts'

export interface Three<T> {
  readonly base: T
  readonly ours: T
  readonly theirs: T
}

/** What a conflict is until somebody has chosen: as ours. */
export type Choose = (conflict: MergeConflict) => MergeSide

export const mergeValues = (three: Three<DraftValues>, choose: Choose): DraftValues => {
  const fields = mergeFields(pick(three, 'fields'), (field) => ({ kind: 'field', field }), choose)
  const data = mergeFields(pick(three, 'data'), (name) => ({ kind: 'data', name }), choose)
  return { fields, data, nodes: mergeNodes(three, choose) }
}

const pick = <T, K extends keyof T>({ base, ours, theirs }: Three<T>, key: K): Three<T[K]> => ({
  base: base[key],
  ours: ours[key],
  theirs: theirs[key],
})

const mergeFields = (three: Three<Fields>, whatIs: (field: string) => MergedThing, choose: Choose): Fields => {
  const merged = new Map<string, JsonValue>()
  for (const field of inOrder(three)) {
    const of = at(three, field)
    const side = sideOf(of, isSame) ?? choose(conflictOf(whatIs(field), of))
    const value = of[side]
    if (value !== undefined) merged.set(field, value)
  }
  return merged
}

const at = <T>({ base, ours, theirs }: Three<ReadonlyMap<string, T>>, key: string): Three<T | undefined> => ({
  base: base.get(key),
  ours: ours.get(key),
  theirs: theirs.get(key),
})

/** The side that has it as it shall be; undefined where both changed it. */
const sideOf = <T>({ base, ours, theirs }: Three<T>, same: (a: T, b: T) => boolean): MergeSide | undefined => {
  if (same(ours, theirs) || same(base, theirs)) return 'ours'
  return same(base, ours) ? 'theirs' : undefined
}

const mergeNodes = (three: Three<DraftValues>, choose: Choose): ReadonlyMap<string, Fields> => {
  const nodes = pick(three, 'nodes')
  const merged = new Map<string, Fields>()
  for (const id of nodeOrder(nodes)) {
    const fields = mergeNode(id, at(nodes, id), choose)
    if (fields !== undefined) merged.set(id, fields)
  }
  return withFirst(merged, { base: firstOf(three.base), ours: firstOf(three.ours), theirs: firstOf(three.theirs) }, choose)
}

const mergeNode = (node: string, of: Three<Fields | undefined>, choose: Choose): Fields | undefined => {
  const { base, ours, theirs } = of
  if (ours !== undefined && theirs !== undefined) {
    return mergeFields({ base: base ?? NO_FIELDS, ours, theirs }, (field) => ({ kind: 'node-field', node, field }), choose)
  }
  const side = sideOf(of, isSameFields) ?? choose(conflictOf({ kind: 'node', node }, asValues(of)))
  return of[side]
}

const asValues = ({ base, ours, theirs }: Three<Fields | undefined>): Three<JsonValue | undefined> => ({
  base: base && objectOf(base),
  ours: ours && objectOf(ours),
  theirs: theirs && objectOf(theirs),
})

/** The first node follows the start; where the one wanted is gone, whichever is first now does. */
const withFirst = (nodes: ReadonlyMap<string, Fields>, firsts: Three<string | undefined>, choose: Choose): ReadonlyMap<string, Fields> => {
  const first = firsts[sideOf(firsts, isSame) ?? choose(conflictOf({ kind: 'first' }, firsts))]
  const fields = first === undefined ? undefined : nodes.get(first)
  if (first === undefined || fields === undefined) return nodes
  return new Map([[first, fields], ...[...nodes].filter(([id]) => id !== first)])
}

/** Ours' order, or theirs' where only they moved nodes; what the other side added comes after what it follows there. */
const nodeOrder = ({ base, ours, theirs }: Three<ReadonlyMap<string, unknown>>): readonly string[] => {
  const common = (side: ReadonlyMap<string, unknown>) => [...side.keys()].filter((id) => base.has(id) && ours.has(id) && theirs.has(id))
  const isMoved = (side: ReadonlyMap<string, unknown>) => !isSame(common(side), common(base))
  return isMoved(theirs) && !isMoved(ours) ? weave([...theirs.keys()], [...ours.keys()]) : weave([...ours.keys()], [...theirs.keys()])
}

const inOrder = ({ ours, theirs }: Three<Fields>): readonly string[] => weave([...ours.keys()], [...theirs.keys()])

/** All of `main`, and each further one of `other` after the one before it there. */
export const weave = (main: readonly string[], other: readonly string[]): readonly string[] => {
  const known = new Set(main)
  const woven = [...main]
  for (const [n, key] of other.entries()) {
    if (known.has(key)) continue
    known.add(key)
    const before = other[n - 1]
    woven.splice(before === undefined ? 0 : woven.indexOf(before) + 1, 0, key)
  }
  return woven
}

const conflictOf = (what: MergedThing, { base, ours, theirs }: Three<JsonValue | undefined>): MergeConflict => ({
  key: keyOf(what),
  what,
  ...(base === undefined ? {} : { base: asText(base) }),
  ...(ours === undefined ? {} : { ours: asText(ours) }),
  ...(theirs === undefined ? {} : { theirs: asText(theirs) }),
})

const asText = (value: JsonValue): string => stringify(value, { lineWidth: 100 }).trimEnd()
