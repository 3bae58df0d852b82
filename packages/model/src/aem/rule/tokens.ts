/** Tokens of the part of ECMAScript that rules are written in. */
export interface Token {
  readonly kind: 'name' | 'text' | 'number' | 'mark' | 'end'
  readonly value: string
}

const MARKS = [
  '===',
  '!==',
  '==',
  '!=',
  '<=',
  '>=',
  '&&',
  '||',
  '(',
  ')',
  '{',
  '}',
  '[',
  ']',
  ';',
  ',',
  '.',
  '=',
  '<',
  '>',
  '!',
  '?',
  ':',
  '-',
]
const SPACE = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/y
const NAME = /[A-Za-z_$][\w$]*/y
const NUMBER = /(?:\d+(?:\.\d+)?|\.\d+)(?![\w.])/y
const TEXT = /"((?:[^"\\\n]|\\[^\n])*)"|'((?:[^'\\\n]|\\[^\n])*)'/y

/** The tokens with an end token after the last, or undefined when there is something else in the text. */
export function tokenize(source: string): readonly Token[] | undefined {
  const tokens: Token[] = []
  let at = 0
  while (at < source.length) {
    const match = (pattern: RegExp): RegExpExecArray | null => {
      pattern.lastIndex = at
      return pattern.exec(source)
    }
    const space = match(SPACE)
    if (space !== null) {
      at += space[0].length
      continue
    }
    const token = nextToken(source, at, match)
    if (token === undefined) return undefined
    tokens.push(token.token)
    at += token.length
  }
  tokens.push({ kind: 'end', value: '' })
  return tokens
}

function nextToken(
  source: string,
  at: number,
  match: (pattern: RegExp) => RegExpExecArray | null,
): { readonly token: Token; readonly length: number } | undefined {
  const name = match(NAME)
  if (name !== null) return { token: { kind: 'name', value: name[0] }, length: name[0].length }
  const number = match(NUMBER)
  if (number !== null) return { token: { kind: 'number', value: number[0] }, length: number[0].length }
  const text = match(TEXT)
  if (text !== null) return { token: { kind: 'text', value: unescape(text[1] ?? text[2] ?? '') }, length: text[0].length }
  const mark = MARKS.find((candidate) => source.startsWith(candidate, at))
  return mark === undefined ? undefined : { token: { kind: 'mark', value: mark }, length: mark.length }
}

const ESCAPES: { readonly [char: string]: string } = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', 0: '\0' }

function unescape(body: string): string {
  return body.replace(/\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))/g, (_, unicode?: string, hex?: string, char?: string) => {
    const code = unicode ?? hex
    return code === undefined ? (ESCAPES[char ?? ''] ?? char ?? '') : String.fromCharCode(Number.parseInt(code, 16))
  })
}
