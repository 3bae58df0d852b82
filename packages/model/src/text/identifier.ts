import type { Located } from './located.ts'
import type { Reading } from './reading.ts'

/** Longest id; ids stand in addresses, tables and on the canvas. */
const MAX_ID_LENGTH = 100
const ID = /^[A-Za-z][A-Za-z0-9_.-]*$/

/** Whether a text may be an id. Names every JavaScript object has (`constructor`) are refused: ids are keys of stored maps. */
export function isIdentifier(text: string): boolean {
  return ID.test(text) && text.length <= MAX_ID_LENGTH && !(text in {})
}

/** An id as written, or undefined after reporting why it cannot be one. */
export function readIdentifier(reading: Reading, value: Located, what: string): string | undefined {
  const text = value.kind === 'scalar' ? value.source : ''
  if (isIdentifier(text)) return text
  const near = text
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9_.-]+/g, '-')
    .replace(/^[^A-Za-z]+|-+$/g, '')
    .slice(0, MAX_ID_LENGTH)
  const rule = `Begin with a letter, go on with letters, digits, - _ . (at most ${MAX_ID_LENGTH}).`
  const hint = isIdentifier(near) ? `Write ${near}.` : rule
  reading.report('ID_INVALID', value.offset, `${text === '' ? 'This' : `"${text.slice(0, MAX_ID_LENGTH)}"`} cannot be the id of ${what}.`, {
    hint,
  })
  return undefined
}
