import { stringify } from 'yaml'
import type { JsonValue } from '../model.ts'
import { compose } from './compose.ts'
import type { MergeConflict, MergeSide } from './conflict.ts'
import { type DraftText, readDraftText } from './draft-text.ts'
import { mergeValues, type Three } from './merge-values.ts'
import { type DraftValues, isSameValues, plainOf } from './values.ts'

export interface Merge {
  /** With every conflict as it was chosen, or as ours has it. */
  readonly text: string
  readonly conflicts: readonly MergeConflict[]
}

/**
 * Merges two people's changes of one model's text, by meaning: keys of the model, data by name, nodes by id and their keys. What one of them changed is
 * taken; what both changed in different ways is a conflict, `ours` until `choices` says otherwise. Lines that neither changed, and comments, stay as they
 * were typed in ours; JSON is printed anew with ours' indent. Texts up to the limit of `parseModel`.
 *
 * @param choices by `MergeConflict.key`
 * @returns undefined where one of the texts cannot be told apart by node: it is no YAML, or its nodes have no ids of their own. Then only a person can choose.
 * @example
 * const merge = mergeTexts({ base, ours, theirs })
 * if (merge?.conflicts.length === 0) save(merge.text)
 */
export const mergeTexts = (texts: Three<string>, choices: ReadonlyMap<string, MergeSide> = new Map()): Merge | undefined => {
  const { base, ours, theirs } = texts
  if (base === ours || ours === theirs) return { text: theirs, conflicts: [] }
  if (base === theirs) return { text: ours, conflicts: [] }
  const three = { base: readDraftText(base), ours: readDraftText(ours), theirs: readDraftText(theirs) }
  if (!isWhole(three)) return undefined
  const conflicts: MergeConflict[] = []
  const merged = mergeValues({ base: three.base.values, ours: three.ours.values, theirs: three.theirs.values }, (conflict) => {
    conflicts.push(conflict)
    return choices.get(conflict.key) ?? 'ours'
  })
  const text = compose(three, merged)
  // Layouts are without number: what does not say what was merged is printed afresh rather than trusted.
  return { text: text !== undefined && says(text, merged) ? text : print(merged, ours), conflicts }
}

const isWhole = (three: Three<DraftText | undefined>): three is Three<DraftText> =>
  three.base !== undefined && three.ours !== undefined && three.theirs !== undefined

const says = (text: string, merged: DraftValues): boolean => {
  const read = readDraftText(text)
  return read !== undefined && isSameValues(read.values, merged)
}

const print = (merged: DraftValues, like: string): string => {
  const plain = plainOf(merged) as JsonValue
  if (!/^\s*\{/.test(like)) return stringify(plain, { lineWidth: 0 })
  const indent = /\n([ \t]+)\S/.exec(like)?.[1] ?? (like.includes('\n') ? '  ' : '')
  return JSON.stringify(plain, undefined, indent) + (like.endsWith('\n') ? '\n' : '')
}
