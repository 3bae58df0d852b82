import type { Imported, ImportedChoice } from '../../model.ts'
import type { Fields } from '../fields.ts'
import { jsonOf } from '../located.ts'
import { readMetadata } from './metadata.ts'

/** `imported: { from, file, metadata, variables, rules, choices, fallThroughs }`: what an importer kept to give the source's form back. */
export function readImported(fields: Fields): Imported | undefined {
  const inner = fields.map('imported')
  if (inner === undefined) return undefined
  const from = inner.word('from', ['aem-design', 'aem-runtime', 'aem-json'])
  const file = inner.text('file')
  const metadata = readMetadata(inner, 'metadata')
  const variables = readVariables(inner)
  const rules = readTexts(inner, 'rules')
  const fallThroughs = readTexts(inner, 'fallThroughs')
  const choices = readChoices(inner)
  inner.missing('from')
  inner.finish()
  if (from === undefined) return undefined
  return {
    from,
    ...(file === undefined ? {} : { file }),
    metadata: metadata ?? {},
    ...(variables === undefined ? {} : { variables }),
    ...(rules === undefined ? {} : { rules }),
    ...(choices === undefined ? {} : { choices }),
    ...(fallThroughs === undefined ? {} : { fallThroughs }),
  }
}

function readVariables(fields: Fields): Imported['variables'] {
  const inner = fields.map('variables')
  return inner === undefined ? undefined : Object.fromEntries(inner.entries().map(({ key }) => [key, readMetadata(inner, key) ?? {}]))
}

function readTexts(fields: Fields, key: string): { readonly [name: string]: string } | undefined {
  const texts = readMetadata(fields, key)
  if (texts === undefined) return undefined
  return Object.fromEntries(Object.entries(texts).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}

function readChoices(fields: Fields): Imported['choices'] {
  const value = fields.take('choices')
  if (value === undefined) return undefined
  const choices = jsonOf(value)
  if (Array.isArray(choices) && choices.every(isChoice)) return choices
  fields.reading.report('VALUE_TYPE', value.offset, 'choices of imported must be a list of { split, after, branches, default }.', {
    hint: 'The importer writes it; import the file again, or remove it.',
  })
  return undefined
}

function isChoice(value: unknown): value is ImportedChoice {
  if (typeof value !== 'object' || value === null) return false
  const { split, after, branches, default: place }: { readonly [key: string]: unknown } = { ...value }
  if (typeof split !== 'string' || typeof after !== 'string' || !Array.isArray(branches)) return false
  return branches.every((branch) => typeof branch === 'string') && (place === undefined || Number.isInteger(place))
}
