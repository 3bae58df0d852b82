import type { JsonValue } from '@millrace/model'

/** How a value differs from the one before; `inside`: it is the same kind of thing, and something in it differs. */
export type Change = 'same' | 'added' | 'removed' | 'changed' | 'inside'

/** A value beside the one before, by name or place; what is gone is among the entries. */
export interface DiffNode {
  /** Name in a record, place in a list. */
  readonly key: string
  readonly change: Change
  /** Undefined when it is gone. */
  readonly value: JsonValue | undefined
  /** Undefined when it is new, or there is nothing to compare with. */
  readonly before: JsonValue | undefined
  /** Of records and lists. */
  readonly entries: readonly DiffNode[]
}

/** A value as it is: nothing differs. */
export function plainOf(value: JsonValue, key = ''): DiffNode {
  return { key, change: 'same', value, before: undefined, entries: entriesOf(value).map(([name, entry]) => plainOf(entry, name)) }
}

/**
 * What differs between two values. Records by name; lists by place, after what is the same at both ends has been matched, so that one entry
 * more at the front does not make every other look changed.
 */
export function diffOf(before: JsonValue, value: JsonValue, key = ''): DiffNode {
  if (isRecord(before) && isRecord(value)) {
    const names = [...Object.keys(value), ...Object.keys(before).filter((name) => !Object.hasOwn(value, name))]
    return parent(
      { key, before, value },
      names.map((name) => entry(name, own(before, name), own(value, name))),
    )
  }
  if (isList(before) && isList(value)) return parent({ key, before, value }, listEntries(before, value))
  const isSame = before === value
  return {
    key,
    change: isSame ? 'same' : 'changed',
    before: isSame ? undefined : before,
    value,
    entries: entriesOf(value).map(([name, one]) => plainOf(one, name)),
  }
}

/** How many values differ, each counted once where it begins to. */
export function countChanges(node: DiffNode): number {
  if (node.change === 'same') return 0
  return node.change === 'inside' ? node.entries.reduce((sum, one) => sum + countChanges(one), 0) : 1
}

function parent(
  node: { readonly key: string; readonly before: JsonValue; readonly value: JsonValue },
  entries: readonly DiffNode[],
): DiffNode {
  const isSame = entries.every((one) => one.change === 'same')
  return { ...node, before: isSame ? undefined : node.before, change: isSame ? 'same' : 'inside', entries }
}

function entry(key: string, before: JsonValue | undefined, value: JsonValue | undefined): DiffNode {
  if (before === undefined && value !== undefined) return { ...plainOf(value, key), change: 'added' }
  if (value === undefined) return { key, change: 'removed', before, value: undefined, entries: [] }
  return diffOf(before ?? null, value, key)
}

/** The same front and the same end are matched; what is between is compared place by place. */
function listEntries(before: readonly JsonValue[], value: readonly JsonValue[]): readonly DiffNode[] {
  const least = Math.min(before.length, value.length)
  let front = 0
  while (front < least && isEqual(before[front], value[front])) front++
  let end = 0
  while (end < least - front && isEqual(before[before.length - 1 - end], value[value.length - 1 - end])) end++
  const middle = Math.max(before.length, value.length) - end
  const nodes: DiffNode[] = value.slice(0, front).map((one, i) => plainOf(one, String(i)))
  for (let i = front; i < middle; i++) {
    const was = i < before.length - end ? before[i] : undefined
    const is = i < value.length - end ? value[i] : undefined
    nodes.push(entry(String(i), was, is))
  }
  return [...nodes, ...value.slice(value.length - end).map((one, i) => plainOf(one, String(value.length - end + i)))]
}

function isEqual(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(sorted(a)) === JSON.stringify(sorted(b)))
}

/** With names in order, so that two ways to write one record are the same text. */
function sorted(value: JsonValue | undefined): JsonValue | undefined {
  if (isList(value)) return value.map((one) => sorted(one) ?? null)
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.keys(value)
      .toSorted()
      .map((name) => [name, sorted(value[name]) ?? null]),
  )
}

export function entriesOf(value: JsonValue): readonly (readonly [string, JsonValue])[] {
  if (isList(value)) return value.map((one, i) => [String(i), one] as const)
  return isRecord(value) ? Object.entries(value) : []
}

function own(record: { readonly [name: string]: JsonValue }, name: string): JsonValue | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}

function isRecord(value: JsonValue | undefined): value is { readonly [name: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value)
}
