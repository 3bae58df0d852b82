import { type Document, isMap, parseDocument } from 'yaml'
import type { JsonValue } from '../model.ts'
import { MAX_TEXT_LENGTH } from '../text/limits.ts'
import { type Sections, sectionsOf } from './sections.ts'
import type { DraftValues, Fields } from './values.ts'

export interface DraftText {
  readonly text: string
  readonly values: DraftValues
  /** Absent where pieces have no lines of their own. */
  readonly sections?: Sections
}

/** Reads a text as far as it can be merged: @returns undefined where it is no YAML, has no list of nodes, or a node without an id of its own. */
export const readDraftText = (text: string): DraftText | undefined => {
  const document = readYaml(text)
  const root = document?.contents
  if (document === undefined || !isMap(root)) return undefined
  const values = valuesOf(document)
  if (values === undefined) return undefined
  const sections = sectionsOf(text, root)
  return { text, values, ...(sections === undefined ? {} : { sections }) }
}

const readYaml = (text: string): Document | undefined => {
  if (text.length > MAX_TEXT_LENGTH) return undefined
  try {
    const document = parseDocument(text, { prettyErrors: false, merge: false, logLevel: 'error' })
    return document.errors.length > 0 ? undefined : document
  } catch (error) {
    // Nested beyond what a stack holds.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

const valuesOf = (document: Document): DraftValues | undefined => {
  const plain = plainValue(document)
  if (!isObject(plain)) return undefined
  const { data = {}, nodes = [], ...fields } = plain
  if (!isObject(data) || !Array.isArray(nodes)) return undefined
  const byId = new Map<string, Fields>()
  for (const node of nodes as readonly JsonValue[]) {
    if (!isObject(node) || typeof node['id'] !== 'string' || byId.has(node['id'])) return undefined
    byId.set(node['id'], new Map(Object.entries(node)))
  }
  return { fields: new Map(Object.entries(fields)), data: new Map(Object.entries(data)), nodes: byId }
}

/** As JSON; a date or another value JSON does not know makes a text that cannot be merged, as do aliases that multiply beyond reason. */
const plainValue = (document: Document): JsonValue | undefined => {
  try {
    return JSON.parse(JSON.stringify(document.toJS({ maxAliasCount: 100 }))) as JsonValue
  } catch {
    return undefined
  }
}

const isObject = (value: JsonValue | undefined): value is { readonly [key: string]: JsonValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
