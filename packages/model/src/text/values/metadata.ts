import type { NodeBase } from '../../model.ts'
import type { Fields } from '../fields.ts'
import { kindOf, type Located } from '../located.ts'

/** Texts and lists of texts by name, kept word for word; empty ones too. */
export function readMetadata(fields: Fields, key: string): NodeBase['metadata'] {
  const inner = fields.map(key)
  if (inner === undefined) return undefined
  return Object.fromEntries(
    inner.entries().flatMap(({ key: name, value }) => {
      const text = value.kind === 'list' ? value.items.map(textOf) : textOf(value)
      if (text !== undefined && (typeof text === 'string' || text.every((entry) => entry !== undefined))) return [[name, text]]
      fields.reading.report('VALUE_TYPE', value.offset, `${key} ${name} must be text or a list of texts, not ${kindOf(value)}.`)
      return []
    }),
  )
}

function textOf(value: Located): string | undefined {
  if (value.kind !== 'scalar') return undefined
  return typeof value.value === 'string' ? value.value : value.source
}
