import { MillraceError, type Page } from '@millrace/protocol'

/**
 * One page of a list that is short enough to be read whole (people, definitions). The cursor is the key of the last row given, so rows that come or
 * go between two pages neither repeat nor hide others.
 */
export const paginate = <T>(
  rows: readonly T[],
  keyOf: (row: T) => string,
  { cursor, limit, asOf }: { readonly cursor?: string | undefined; readonly limit: number; readonly asOf: number },
): Page<T> => {
  const sorted = rows.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  const after = cursor === undefined ? undefined : decode(cursor)
  const rest = after === undefined ? sorted : sorted.filter((row) => keyOf(row) > after)
  const items = rest.slice(0, limit)
  const last = items.at(-1)
  return {
    items,
    ...(last !== undefined && rest.length > limit ? { next: Buffer.from(`k${keyOf(last)}`).toString('base64url') } : {}),
    asOf,
  }
}

const decode = (cursor: string): string => {
  const text = Buffer.from(cursor, 'base64url').toString()
  if (!text.startsWith('k'))
    throw new MillraceError('BAD_REQUEST', 'The cursor is not one of this list. Leave it out to begin at the first page.')
  return text.slice(1)
}
