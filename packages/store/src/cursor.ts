/** Opaque cursors of pages: the sort key of the last row, so that a page neither skips nor repeats rows when others come and go. */
import { MillraceError } from '@millrace/protocol'

export const writeCursor = (key: readonly number[]): string => Buffer.from(JSON.stringify(key)).toString('base64url')

/** @throws MillraceError BAD_REQUEST when it is not one of ours of `length` numbers */
export const readCursor = (cursor: string | undefined, length: number): readonly number[] | undefined => {
  if (cursor === undefined) return undefined
  const key: unknown = parse(Buffer.from(cursor, 'base64url').toString())
  if (isKey(key, length)) return key
  throw new MillraceError('BAD_REQUEST', `"${cursor}" is no cursor of this list. Leave it out to begin at the first page.`)
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isKey = (value: unknown, length: number): value is readonly number[] =>
  Array.isArray(value) && value.length === length && value.every((part) => typeof part === 'number' && Number.isFinite(part))
