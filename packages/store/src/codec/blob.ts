/**
 * Large values out of line: a value over 64 KiB inside a fact or a state is stored once by the hash of its content, and a reference stands in its place.
 * Small ones pay one comparison of a length. A reference is `{ "$blob": hash }`; an author's own key of that name is written with one more `$`.
 */
import { createHash } from 'node:crypto'

/** JSON text longer than this goes out of line: a row of facts with it would spread over so many pages that reading the history crawls. */
export const BLOB_THRESHOLD = 65_536

export interface BlobWriter {
  put(hash: string, text: string): void
}

export interface BlobReader {
  get(hash: string): string
}

const KEY = '$blob'
const MARK = `${KEY}"`
const RESERVED = /^\$+blob$/

/** Whether JSON text must be written by way of `shrink`, or read by way of `restore`. */
export const mayShrink = (text: string): boolean => text.length > BLOB_THRESHOLD || text.includes(MARK)
export const mayRestore = (text: string): boolean => text.includes(MARK)

/** Copy of `value` with everything too large replaced by a reference. */
export const shrink = (value: unknown, blobs: BlobWriter): unknown => shrunk(value, blobs).value

/** Like `shrink` for the values of a record that itself stays where it is. */
export const shrinkValues = (record: object, blobs: BlobWriter): { readonly [key: string]: unknown } =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [escaped(key), shrink(value, blobs)]))

const escaped = (key: string): string => (RESERVED.test(key) ? `$${key}` : key)

interface Shrunk {
  readonly value: unknown
  /** Letters of its JSON text, about. */
  readonly size: number
}

const shrunk = (value: unknown, blobs: BlobWriter): Shrunk => {
  if (typeof value === 'string') return outOfLine({ value, size: value.length + 2 }, blobs)
  if (typeof value !== 'object' || value === null) return { value, size: 8 }
  let size = 2
  const take = (child: unknown): unknown => {
    const { value: kept, size: more } = shrunk(child, blobs)
    size += more + 1
    return kept
  }
  if (Array.isArray(value)) {
    const copy = value.map(take)
    return outOfLine({ value: copy, size }, blobs)
  }
  const copy: { [key: string]: unknown } = {}
  for (const [key, child] of Object.entries(value)) {
    if (child === undefined) continue
    copy[escaped(key)] = take(child)
    size += key.length + 3
  }
  return outOfLine({ value: copy, size }, blobs)
}

const outOfLine = (shrunken: Shrunk, blobs: BlobWriter): Shrunk => {
  if (shrunken.size <= BLOB_THRESHOLD) return shrunken
  const text = JSON.stringify(shrunken.value)
  const hash = createHash('sha256').update(text).digest('base64url')
  blobs.put(hash, text)
  return { value: { [KEY]: hash }, size: hash.length + 12 }
}

/** The value as it was before `shrink`. */
export const restore = (value: unknown, blobs: BlobReader): unknown => {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((child) => restore(child, blobs))
  const hash = (value as { readonly [KEY]?: unknown })[KEY]
  if (typeof hash === 'string') return restore(JSON.parse(blobs.get(hash)), blobs)
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [RESERVED.test(key) ? key.slice(1) : key, restore(child, blobs)]))
}
