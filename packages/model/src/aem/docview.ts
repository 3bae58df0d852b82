/**
 * FileVault's enhanced DocView: how a JCR property is written in an XML attribute, and a JCR name in an XML name.
 *
 * Grammar: `["{" type "}"] (value | "[" value {"," value} "]")`, with a backslash before `\`, a comma in a list, a leading `[` or
 * `{`, `\uXXXX` for what XML cannot hold and `\0` for a list of one empty text.
 */
import { isValueType, splitType, withType } from './metadata.ts'

/** Never throws: what does not follow the grammar is taken as plain text, as the repository does. */
export function decodeProperty(raw: string): string | readonly string[] {
  const type = typeOf(raw)
  const body = type === undefined ? raw : raw.slice(type.length + 2)
  if (!body.startsWith('[')) return withType(decodeValues(body, false)[0] ?? '', type)
  return decodeValues(body.slice(1), true).map((value) => withType(value, type))
}

function typeOf(raw: string): string | undefined {
  const end = raw.startsWith('{') ? raw.indexOf('}') : -1
  const name = end < 0 ? undefined : raw.slice(1, end)
  return name !== undefined && isValueType(name) ? name : undefined
}

function decodeValues(body: string, isList: boolean): readonly string[] {
  const values: string[] = []
  let value = ''
  let hasValue = !isList
  for (let i = 0; i < body.length; i++) {
    const char = body[i] ?? ''
    if (char === '\\') {
      const escaped = decodeEscape(body, i + 1)
      value += escaped.text
      i += escaped.length
      hasValue = true
    } else if (isList && char === ',') {
      values.push(value)
      value = ''
      hasValue = true
    } else if (isList && char === ']' && i === body.length - 1) {
      break
    } else {
      value += char
      hasValue = true
    }
  }
  if (hasValue) values.push(value)
  return values
}

function decodeEscape(body: string, at: number): { readonly text: string; readonly length: number } {
  const char = body[at] ?? ''
  if (char === '0') return { text: '', length: 1 }
  const hex = char === 'u' ? body.slice(at + 1, at + 5) : ''
  if (/^[0-9a-fA-F]{4}$/.test(hex)) return { text: String.fromCharCode(Number.parseInt(hex, 16)), length: 5 }
  return { text: char, length: char.length }
}

/** The reverse of {@link decodeProperty}. */
export function encodeProperty(value: string | readonly string[]): string {
  if (typeof value === 'string') {
    const { type, text } = splitType(value)
    return `${typePrefix(type)}${escapeValue(text, false)}`
  }
  const parts = value.map(splitType)
  const list = parts.length === 1 && parts[0]?.text === '' ? '\\0' : parts.map(({ text }) => escapeValue(text, true)).join(',')
  return `${typePrefix(parts[0]?.type)}[${list}]`
}

function typePrefix(type: string | undefined): string {
  return type === undefined ? '' : `{${type}}`
}

// XML 1.0 cannot hold these even as a character reference.
// oxlint-disable-next-line no-control-regex
const UNPRINTABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

function escapeValue(text: string, isList: boolean): string {
  const escaped = text.replaceAll('\\', '\\\\').replace(UNPRINTABLE, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
  if (isList) return escaped.replaceAll(',', '\\,')
  return /^[[{]/.test(escaped) ? `\\${escaped}` : escaped
}

/** `_x0031_` to `1`: XML names of JCR names (ISO 9075-14). */
export function decodeName(name: string): string {
  return name.replace(/_x([0-9a-fA-F]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

export function encodeName(name: string): string {
  return [...name.replace(/_(?=x[0-9a-fA-F]{4}_)/g, '_x005f_')].map((char, i) => (isNameChar(char, i) ? char : escapeName(char))).join('')
}

function isNameChar(char: string, at: number): boolean {
  return at === 0 ? /[A-Za-z_\u00c0-\u024f]/.test(char) : /[\w.:\-\u00b7\u00c0-\u024f]/.test(char)
}

function escapeName(char: string): string {
  return [...Array(char.length).keys()].map((i) => `_x${char.charCodeAt(i).toString(16).padStart(4, '0')}_`).join('')
}
