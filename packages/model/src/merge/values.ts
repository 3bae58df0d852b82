/** What a draft says, as it is written and without its layout: what two people's changes are told apart by. */
import { canonicalJson } from '../hash/canonical-json.ts'
import type { JsonValue } from '../model.ts'

export type Fields = ReadonlyMap<string, JsonValue>

export interface DraftValues {
  /** `id`, `title`, … all but data and nodes. */
  readonly fields: Fields
  readonly data: Fields
  /** By id, in the order of the text. */
  readonly nodes: ReadonlyMap<string, Fields>
}

export const NO_FIELDS: Fields = new Map()

export const isSame = (a: JsonValue | undefined, b: JsonValue | undefined): boolean =>
  a === undefined || b === undefined ? a === b : canonicalJson(a) === canonicalJson(b)

export const isSameFields = (a: Fields | undefined, b: Fields | undefined): boolean =>
  a === undefined || b === undefined ? a === b : isSame(objectOf(a), objectOf(b))

export const objectOf = (fields: Fields): { readonly [key: string]: JsonValue } => Object.fromEntries(fields)

/** Equal but for the order of nodes after the first: it has no meaning. */
export const isSameValues = (a: DraftValues, b: DraftValues): boolean =>
  isSameFields(a.fields, b.fields) &&
  isSameFields(a.data, b.data) &&
  a.nodes.size === b.nodes.size &&
  [...a.nodes].every(([id, fields]) => isSameFields(fields, b.nodes.get(id))) &&
  firstOf(a) === firstOf(b)

/** The node that follows the implicit start. */
export const firstOf = ({ nodes }: DraftValues): string | undefined => nodes.keys().next().value

/** The whole as one value, in the usual order of its keys. */
export const plainOf = ({ fields, data, nodes }: DraftValues): { readonly [key: string]: JsonValue } => ({
  ...objectOf(fields),
  ...(data.size === 0 ? {} : { data: objectOf(data) }),
  nodes: [...nodes.values()].map(objectOf),
})
