import type { JsonValue } from '../model.ts'

/** A value of a text that knows where it stands; YAML and JSON alike. Offsets are UTF-16 units into the text. */
export type Located = LocatedScalar | LocatedList | LocatedMap

export interface LocatedScalar {
  readonly kind: 'scalar'
  readonly value: string | number | boolean | null
  /** As written, for scalars that are meant as text (`title: 2026`). */
  readonly source: string
  readonly offset: number
  /** Where the text itself begins, when it stands in the file character by character (no escapes, one line). */
  readonly textOffset?: number
}

export interface LocatedList {
  readonly kind: 'list'
  readonly items: readonly Located[]
  readonly offset: number
}

export interface LocatedMap {
  readonly kind: 'map'
  readonly entries: readonly LocatedEntry[]
  readonly offset: number
}

export interface LocatedEntry {
  readonly key: string
  readonly keyOffset: number
  readonly value: Located
}

export function jsonOf(located: Located): JsonValue {
  switch (located.kind) {
    case 'scalar':
      return located.value
    case 'list':
      return located.items.map(jsonOf)
    case 'map':
      return Object.fromEntries(located.entries.map((entry) => [entry.key, jsonOf(entry.value)]))
  }
}

/** The kind of a value in the words of the text, for messages. */
export function kindOf(located: Located): string {
  if (located.kind !== 'scalar') return `a ${located.kind}`
  if (located.value === null) return 'nothing'
  return typeof located.value === 'string' ? 'text' : `a ${typeof located.value}`
}
