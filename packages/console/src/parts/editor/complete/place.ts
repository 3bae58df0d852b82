/**
 * Where in a YAML text a position is, as a path of keys and list entries. From lines and columns, not from a syntax tree: what is being typed is
 * hardly ever valid, and a tree forgets exactly the part around the cursor.
 */

export interface Place {
  /** Keys and `*` for an entry of a list, from the top. */
  readonly path: readonly string[]
  readonly kind: 'key' | 'value'
  /** What is typed so far of the key or value, and where that begins. */
  readonly prefix: string
  readonly from: number
  /** Scalars of the records on the way, by the length of the path that leads to each: what tells variants apart. */
  readonly records: readonly Scalars[]
  /** Column where a key of the same record stands; what is inserted is indented from here. */
  readonly indent: number
  /** Inside of `{ }` or `[ ]`. */
  readonly isFlow: boolean
  /** The value is an entry of a list. */
  readonly isEntry: boolean
}

/** Keys of a record with their values where those stand on the same line; '' for others. */
export type Scalars = ReadonlyMap<string, string>

/** Undefined inside of comments and quoted texts, where nothing is to be completed. */
export function placeAt(text: string, position: number): Place | undefined {
  const lines = linesOf(text)
  const at = lines.findLastIndex((line) => line.from <= position)
  const line = lines[at]
  if (line === undefined) return undefined
  const before = line.text.slice(0, position - line.from)
  if (isInBlockText(lines, at) || /(^|\s)#/.test(withoutQuoted(before))) return undefined
  const flow = flowBefore(lines, at, position)
  return flow === undefined ? blockPlace(lines, at, before) : flowPlace(lines, flow, position)
}

interface Line {
  readonly text: string
  readonly from: number
  /** Columns of the dashes of list entries that begin on it. */
  readonly dashes: readonly number[]
  /** Column after the dashes. */
  readonly column: number
  /** Of `key: value`. */
  readonly key: string | undefined
  readonly value: string
  readonly isBlank: boolean
}

function linesOf(text: string): readonly Line[] {
  let from = 0
  return text.split('\n').map((one) => {
    const line = readLine(one, from)
    from += one.length + 1
    return line
  })
}

const KEY = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#:,[\]{}&*!|>'"%@`-][^:#]*?|-[^\s:#][^:#]*?)\s*:(?=\s|$)\s*(.*)$/

function readLine(text: string, from: number): Line {
  const dashes: number[] = []
  let column = /^ */.exec(text)?.[0].length ?? 0
  for (let found = /^-( +|$)/.exec(text.slice(column)); found !== null; found = /^-( +|$)/.exec(text.slice(column))) {
    dashes.push(column)
    column += found[0].length
  }
  const rest = text.slice(column)
  const [, key, value = ''] = KEY.exec(rest) ?? []
  const isBlank = dashes.length === 0 && (rest.trim() === '' || rest.startsWith('#'))
  return { text, from, dashes, column, key: key === undefined ? undefined : unquoted(key), value: withoutComment(value), isBlank }
}

function blockPlace(lines: readonly Line[], at: number, before: string): Place | undefined {
  const line = lines[at]
  if (line === undefined) return undefined
  const typed = readLine(before, line.from)
  const around = waysTo(lines, at, typed)
  const shared = { ...around, isFlow: false, isEntry: false }
  if (typed.key !== undefined) {
    const from = before.length - /[^\s].*$|$/.exec(typed.text.slice(typed.text.indexOf(':', typed.column) + 1))![0].length
    const value = before.slice(from)
    if (/^["'|>]/.test(value)) return undefined
    return { ...shared, path: [...around.path, typed.key], kind: 'value', prefix: value, from: line.from + from }
  }
  const prefix = before.slice(typed.column)
  if (/^["'|>]/.test(prefix)) return undefined
  // A lone word after a dash may become a key or be the entry itself.
  const isEntry = typed.dashes.length > 0
  return { ...shared, kind: 'key', prefix, from: line.from + typed.column, isEntry }
}

/** The path to the record or list that a line stands in, and the scalars of every record on the way. */
function waysTo(
  lines: readonly Line[],
  at: number,
  typed: Line,
): { readonly path: readonly string[]; readonly records: readonly Scalars[]; readonly indent: number } {
  const path: string[] = []
  const records: Scalars[] = [scalarsAt(lines, at, typed.column)]
  let limit = typed.column
  const step = (line: Line, index: number, isOwn: boolean) => {
    if (!isOwn && line.key !== undefined && line.column < limit) {
      path.unshift(line.key)
      records.unshift(scalarsAt(lines, index, line.column))
      limit = line.column
    }
    for (const dash of line.dashes.toReversed()) {
      if (dash >= Math.floor(limit)) continue
      path.unshift('*')
      records.unshift(new Map())
      // The key of a list may stand in the same column as its dashes.
      limit = dash + 0.5
    }
  }
  step(typed, at, true)
  for (let i = at - 1; i >= 0 && limit > 0; i--) {
    const line = lines[i]
    if (line !== undefined && !line.isBlank) step(line, i, false)
  }
  return { path, records, indent: typed.column }
}

/** Keys of the record that has a key in this column on or around this line. */
function scalarsAt(lines: readonly Line[], at: number, column: number): Scalars {
  const scalars = new Map<string, string>()
  const collect = (line: Line) => {
    if (line.key !== undefined && line.column === column && !scalars.has(line.key)) scalars.set(line.key, unquoted(line.value))
  }
  const own = lines[at]
  if (own !== undefined) collect(own)
  const beginsHere = (line: Line | undefined) => line !== undefined && line.dashes.some((dash) => dash < column) && line.column === column
  for (let i = at - 1; i >= 0 && !beginsHere(lines[i + 1]); i--) {
    const line = lines[i]
    if (line === undefined || line.isBlank) continue
    if (line.column < column) break
    collect(line)
  }
  for (let i = at + 1; i < lines.length; i++) {
    const line = lines[i]
    if (line === undefined || line.isBlank) continue
    if (line.column < column || line.dashes.some((dash) => dash < column)) break
    collect(line)
  }
  return scalars
}

/** Whether a line is part of a text that `|` or `>` began. */
function isInBlockText(lines: readonly Line[], at: number): boolean {
  const own = lines[at]
  let limit = own === undefined || own.text.trim() === '' ? Number.POSITIVE_INFINITY : indentOf(own.text)
  for (let i = at - 1; i >= 0; i--) {
    const line = lines[i]
    if (line === undefined || line.text.trim() === '') continue
    const indent = indentOf(line.text)
    if (indent >= limit) continue
    if (/(^|[:\s-])[|>][+-]?\d?\s*(#.*)?$/.test(line.text)) return true
    limit = indent
  }
  return false
}

interface FlowStart {
  /** Line it begins on, and the position of its bracket. */
  readonly line: number
  readonly from: number
}

/** The outermost bracket that is open at a position. Flow style seldom goes over many lines: so many are looked at. */
const MOST_FLOW_LINES = 200

function flowBefore(lines: readonly Line[], at: number, position: number): FlowStart | undefined {
  let found: FlowStart | undefined
  for (let i = at; i >= 0 && at - i < MOST_FLOW_LINES; i--) {
    const line = lines[i]
    if (line === undefined) break
    const end = i === at ? position - line.from : line.text.length
    const start = valueStart(line)
    if (start !== undefined && /^[[{]/.test(line.text.slice(start))) {
      const between = lines.slice(i, at + 1).map((one, j) => (i + j === at ? one.text.slice(0, position - one.from) : one.text))
      const body = [between[0]?.slice(start) ?? '', ...between.slice(1)].join('\n')
      if (start < end && openBrackets(body).length > 0) found = { line: i, from: line.from + start }
      break
    }
    if (i < at && (line.key !== undefined || line.dashes.length > 0) && line.value !== '') break
  }
  return found
}

/** Column where the value of a line begins. */
function valueStart(line: Line): number | undefined {
  if (line.key === undefined) return line.column < line.text.length ? line.column : undefined
  const colon = line.text.indexOf(':', line.column + line.key.length)
  const value = /\S/.exec(line.text.slice(colon + 1))
  return value === null ? undefined : colon + 1 + value.index
}

interface Bracket {
  readonly sign: '{' | '['
  /** Key of a record whose value is being written. */
  key: string | undefined
  readonly scalars: Map<string, string>
  /** Where the piece between commas begins. */
  pieceFrom: number
}

/** Brackets open at the end of a flow text, outermost first, each with what is known inside. */
function openBrackets(text: string): readonly Bracket[] {
  const open: Bracket[] = []
  const finish = (end: number) => {
    const top = open.at(-1)
    if (top === undefined || top.sign === '[') return
    const [, key, value = ''] = FLOW_PAIR.exec(text.slice(top.pieceFrom, end)) ?? []
    if (key !== undefined) top.scalars.set(unquoted(key), unquoted(value.trim()))
  }
  for (let i = 0; i < text.length; i++) {
    const sign = text[i]
    const top = open.at(-1)
    if (sign === '"' || sign === "'") {
      const end = text.indexOf(sign, i + 1)
      if (end === -1) return open
      i = end
    } else if (sign === '{' || sign === '[') open.push({ sign, key: undefined, scalars: new Map(), pieceFrom: i + 1 })
    else if (sign === '}' || sign === ']') {
      finish(i)
      open.pop()
    } else if (sign === ',' && top !== undefined) {
      finish(i)
      top.key = undefined
      top.pieceFrom = i + 1
    } else if (sign === ':' && top?.sign === '{' && top.key === undefined && /[\s,}\]]|$/.test(text[i + 1] ?? ' ')) {
      top.key = unquoted(text.slice(top.pieceFrom, i).trim())
    }
  }
  return open
}

const FLOW_PAIR = /^\s*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^:]+?)\s*:\s*([\s\S]*)$/

function flowPlace(lines: readonly Line[], flow: FlowStart, position: number): Place | undefined {
  const line = lines[flow.line]
  if (line === undefined) return undefined
  const text = lines.map((one) => one.text).join('\n')
  const body = text.slice(flow.from, position)
  const open = openBrackets(body)
  const outer = waysTo(lines, flow.line, line)
  const path = line.key === undefined ? [...outer.path] : [...outer.path, line.key]
  const records: Scalars[] = [...outer.records]
  // What stands behind the cursor belongs to the innermost record too.
  const behind = scalarsBehind(text.slice(position))
  open.forEach((bracket, i) => {
    const isLast = i === open.length - 1
    if (bracket.sign === '[') path.push('*')
    else if (!isLast && bracket.key !== undefined) path.push(bracket.key)
    records[path.length - (bracket.sign === '{' && !isLast && bracket.key !== undefined ? 1 : 0)] = isLast
      ? new Map([...behind, ...bracket.scalars])
      : bracket.scalars
  })
  const top = open.at(-1)
  if (top === undefined) return undefined
  const piece = body.slice(top.pieceFrom)
  const key = top.key
  const typed = key === undefined ? piece.trimStart() : piece.slice(piece.indexOf(':') + 1).trimStart()
  if (/^["']/.test(typed)) return undefined
  const shared = { prefix: typed, from: position - typed.length, records: filled(records, path.length), indent: line.column, isFlow: true }
  if (top.sign === '[') return { ...shared, path, kind: 'key', isEntry: true }
  return key === undefined
    ? { ...shared, path, kind: 'key', isEntry: false }
    : { ...shared, path: [...path, key], kind: 'value', isEntry: false }
}

function filled(records: readonly (Scalars | undefined)[], length: number): readonly Scalars[] {
  return Array.from({ length: length + 1 }, (_, i) => records[i] ?? new Map())
}

/** Pairs of the same record after the cursor, up to its bracket. */
function scalarsBehind(text: string): Scalars {
  const end = /[}\]\n]/.exec(text)?.index ?? text.length
  const pieces = text.slice(0, end).split(',').slice(1)
  return new Map(
    pieces.flatMap((piece) => {
      const [, key, value = ''] = FLOW_PAIR.exec(piece) ?? []
      return key === undefined ? [] : [[unquoted(key), unquoted(value.trim())] as const]
    }),
  )
}

function indentOf(text: string): number {
  return /^ */.exec(text)?.[0].length ?? 0
}

function unquoted(text: string): string {
  return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text
}

function withoutQuoted(text: string): string {
  return text.replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'/g, '""')
}

function withoutComment(text: string): string {
  return /^["']/.test(text) ? text : text.replace(/\s+#.*$/, '').trimEnd()
}
