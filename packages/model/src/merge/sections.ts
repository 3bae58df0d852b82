/** A draft's text cut into the pieces people edit: keys, data, nodes, each with the comments above it, so that what nobody changed stays as it was typed. */
import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml'

/** Whole lines of the text. */
export interface Section {
  /** Key, name of data, or id of a node. */
  readonly key: string
  /** Comment lines directly above. */
  readonly lead: string
  readonly body: string
  /** Blank lines below. */
  readonly rest: string
  /** Column of the key or of the dash. */
  readonly column: number
  /** The value, of a node its map. */
  readonly node: Node | null
}

export interface Collection {
  /** From the key to the first entry. */
  readonly head: string
  readonly sections: readonly Section[]
}

export interface Sections {
  /** Before the first key. */
  readonly prefix: string
  readonly keys: readonly Section[]
  /** Entries of `data` and `nodes` where each has lines of its own. */
  readonly data?: Collection
  readonly nodes?: Collection
}

/** @returns undefined where keys share lines, as in JSON. */
export const sectionsOf = (text: string, root: YAMLMap): Sections | undefined => {
  if (root.flow === true) return undefined
  const starts = root.items.map((pair) => ({ key: keyText(pair), offset: startOf(pair.key), node: (pair.value ?? null) as Node | null }))
  const keys = cut(text, starts, { from: 0, to: text.length })
  if (keys === undefined) return undefined
  const [first] = keys
  const inner = (key: 'data' | 'nodes'): Collection | undefined => {
    const section = keys.find((each) => each.key === key)
    return section === undefined ? undefined : collectionOf(text, section)
  }
  const [data, nodes] = [inner('data'), inner('nodes')]
  return {
    prefix: text.slice(0, first?.from ?? text.length),
    keys,
    ...(data === undefined ? {} : { data }),
    ...(nodes === undefined ? {} : { nodes }),
  }
}

interface Placed extends Section {
  readonly from: number
  /** Of the next. */
  readonly to: number
}

interface Start {
  readonly key: string
  readonly offset: number
  readonly node: Node | null
}

const collectionOf = (text: string, { node, from, lead, body }: Placed): Collection | undefined => {
  const starts = entriesOf(text, node)
  if (starts === undefined || starts.length === 0) return undefined
  const begin = from + lead.length
  const sections = cut(text, starts, { from: begin, to: begin + body.length })
  const [first] = sections ?? []
  return sections === undefined || first === undefined ? undefined : { head: text.slice(begin, first.from), sections }
}

const entriesOf = (text: string, node: Node | null): readonly Start[] | undefined => {
  if (isMap(node) && node.flow !== true) {
    return node.items.map((pair) => ({ key: keyText(pair), offset: startOf(pair.key), node: (pair.value ?? null) as Node | null }))
  }
  if (!isSeq(node) || node.flow === true) return undefined
  return node.items.map((item) => ({
    key: isMap(item) ? String(item.get('id')) : '',
    offset: dashBefore(text, startOf(item)),
    node: item as Node,
  }))
}

/** Lines from each start to the next; undefined where two starts share a line. */
const cut = (
  text: string,
  starts: readonly Start[],
  { from, to }: { readonly from: number; readonly to: number },
): readonly Placed[] | undefined => {
  const lines = starts.map(({ offset }) => lineStart(text, offset))
  const froms = lines.map((line, n) =>
    leadStart(text, line, { column: (starts[n]?.offset ?? 0) - line, above: n === 0 ? from : (lines[n - 1] ?? 0) + 1 }),
  )
  const sections: Placed[] = []
  for (const [n, { key, offset, node }] of starts.entries()) {
    const [line, begin, end] = [lines[n] ?? 0, froms[n] ?? 0, froms[n + 1] ?? to]
    // Something else stands before it on its line.
    if (text.slice(line, offset).trim() !== '') return undefined
    const all = text.slice(line, end)
    const content = all.trimEnd().length
    const newline = all.indexOf('\n', content)
    const bodyEnd = newline < 0 ? all.length : newline + 1
    sections.push({
      key,
      lead: text.slice(begin, line),
      body: all.slice(0, bodyEnd),
      rest: all.slice(bodyEnd),
      column: offset - line,
      node,
      from: begin,
      to: end,
    })
  }
  return sections
}

const keyText = ({ key }: Pair): string => (isScalar(key) ? String(key.value) : '')

const startOf = (node: unknown): number => (node as Partial<Node> | null)?.range?.[0] ?? 0

const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1

/** The `-` of a list's item; comments may stand between. */
const dashBefore = (text: string, offset: number): number => text.lastIndexOf('-', offset - 1)

/** Where the comment lines begin that stand directly above a line, in its column. */
const leadStart = (text: string, line: number, { column, above }: { readonly column: number; readonly above: number }): number => {
  let start = line
  while (start > above) {
    const before = lineStart(text, start - 1)
    const content = text.slice(before, start)
    if (before < above || content.search(/\S/) !== column || content.trimStart()[0] !== '#') break
    start = before
  }
  return start
}
