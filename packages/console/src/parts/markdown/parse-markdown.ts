/**
 * Markdown as data, so that it becomes React elements and never HTML (CONSOLE rule 11). What people write in descriptions: headings, paragraphs, lists,
 * quotes, code, rules; bold, italic, code and links. Everything else, HTML included, stays the text it is.
 */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'break' }
  | { readonly kind: 'strong' | 'em'; readonly children: readonly Inline[] }
  | { readonly kind: 'link'; readonly href: string; readonly children: readonly Inline[] }

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly children: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | { readonly kind: 'list'; readonly isOrdered: boolean; readonly start: number; readonly items: readonly (readonly Block[])[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'rule' }

/** Deeper lists and quotes are shown as text: nobody writes them, but somebody may send ten thousand. */
const MOST_DEPTH = 6

export const parseMarkdown = (text: string): readonly Block[] => parseBlocks(text.replace(/\r\n?/g, '\n').split('\n'), 0)

const ITEM = /^( {0,3})([-*+]|\d{1,9}[.)])( +)(?=\S)/
const FENCE = /^ {0,3}(`{3,}|~{3,})/

const parseBlocks = (lines: readonly string[], depth: number): readonly Block[] => {
  const blocks: Block[] = []
  let at = 0
  while (at < lines.length) {
    const line = lines[at] ?? ''
    if (line.trim() === '') at++
    else {
      const read =
        readFence(lines, at) ??
        readHeading(line, at) ??
        readRule(line, at) ??
        readQuote(lines, at, depth) ??
        readList(lines, at, depth) ??
        readParagraph(lines, at)
      blocks.push(read.block)
      at = read.next
    }
  }
  return blocks
}

interface Read {
  readonly block: Block
  readonly next: number
}

const readFence = (lines: readonly string[], at: number): Read | undefined => {
  const fence = FENCE.exec(lines[at] ?? '')?.[1]
  if (fence === undefined) return undefined
  let end = at + 1
  while (end < lines.length && !(lines[end] ?? '').trim().startsWith(fence)) end++
  return { block: { kind: 'code', text: lines.slice(at + 1, end).join('\n') }, next: end + 1 }
}

const readHeading = (line: string, at: number): Read | undefined => {
  const found = /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/.exec(line)
  if (found === null) return undefined
  const level = Math.min(3, found[1]?.length ?? 1) as 1 | 2 | 3
  return { block: { kind: 'heading', level, children: parseInline(found[2] ?? '') }, next: at + 1 }
}

const readRule = (line: string, at: number): Read | undefined =>
  /^ {0,3}([-*_])( *\1){2,} *$/.test(line) ? { block: { kind: 'rule' }, next: at + 1 } : undefined

const readQuote = (lines: readonly string[], at: number, depth: number): Read | undefined => {
  if (depth >= MOST_DEPTH || !/^ {0,3}>/.test(lines[at] ?? '')) return undefined
  let end = at
  while (end < lines.length && /^ {0,3}>/.test(lines[end] ?? '')) end++
  const inside = lines.slice(at, end).map((line) => line.replace(/^ {0,3}> ?/, ''))
  return { block: { kind: 'quote', blocks: parseBlocks(inside, depth + 1) }, next: end }
}

const readList = (lines: readonly string[], at: number, depth: number): Read | undefined => {
  const first = ITEM.exec(lines[at] ?? '')
  if (first === null || depth >= MOST_DEPTH) return undefined
  const isOrdered = /\d/.test(first[2] ?? '')
  const items: (readonly Block[])[] = []
  let next = at
  while (next < lines.length) {
    const head = ITEM.exec(lines[next] ?? '')
    if (head === null || /\d/.test(head[2] ?? '') !== isOrdered) break
    const indent = head[0].length
    const own = [(lines[next] ?? '').slice(indent)]
    next++
    // What is indented belongs to the item; a blank line only if more of it follows.
    while (next < lines.length) {
      const line = lines[next] ?? ''
      const isInside = /^\s/.test(line) && line.trim() !== '' && line.search(/\S/) >= Math.min(indent, 2)
      if (isInside) own.push(line.slice(Math.min(indent, line.search(/\S/))))
      else if (line.trim() === '' && /^\s{2,}\S/.test(lines[next + 1] ?? '')) own.push('')
      else break
      next++
    }
    items.push(parseBlocks(own, depth + 1))
    if ((lines[next] ?? '').trim() === '' && ITEM.test(lines[next + 1] ?? '')) next++
  }
  return { block: { kind: 'list', isOrdered, start: isOrdered ? Number.parseInt(first[2] ?? '1', 10) : 1, items }, next }
}

const readParagraph = (lines: readonly string[], at: number): Read => {
  let end = at + 1
  while (end < lines.length && (lines[end] ?? '').trim() !== '' && !beginsBlock(lines[end] ?? '')) end++
  const text = lines
    .slice(at, end)
    .map((line) => line.trimStart())
    .join('\n')
  return { block: { kind: 'paragraph', children: parseInline(text) }, next: end }
}

const beginsBlock = (line: string): boolean => FENCE.test(line) || /^ {0,3}(#{1,6}\s|>)/.test(line) || ITEM.test(line)

/** Addresses a description may link to: nothing that runs. */
const SAFE_HREF = /^(https?:\/\/|mailto:|\/(?!\/)|#)/i

const INLINE =
  /(`+)([^`]|[^`][\s\S]*?[^`])\1(?!`)|\[([^[\]]*)\]\(\s*<?([^\s<>()]*(?:\([^\s()]*\)[^\s()]*)*)>?(?:\s+"[^"]*")?\s*\)|<(https?:\/\/[^\s<>]+)>|(\*\*|__)(?=\S)([\s\S]*?\S)\6|([*_])(?=\S)((?:(?!\8)[\s\S])*?\S)\8(?!\w)|( {2,}|\\)\n|\\([\\`*_{}[\]()#+\-.!>])/

const parseInline = (text: string): readonly Inline[] => {
  const pieces: Inline[] = []
  let rest = text
  while (rest !== '') {
    const found = INLINE.exec(rest)
    if (found === null) break
    if (found.index > 0) pieces.push({ kind: 'text', text: rest.slice(0, found.index) })
    pieces.push(inlineOf(found))
    rest = rest.slice(found.index + found[0].length)
  }
  if (rest !== '') pieces.push({ kind: 'text', text: rest })
  return pieces
}

const inlineOf = (found: RegExpExecArray): Inline => {
  const [whole, , code, label, href, address, , strong, , em, hardBreak, escaped] = found
  if (code !== undefined) return { kind: 'code', text: code.trim() }
  if (href !== undefined)
    return SAFE_HREF.test(href) ? { kind: 'link', href, children: parseInline(label ?? '') } : { kind: 'text', text: whole }
  if (address !== undefined) return { kind: 'link', href: address, children: [{ kind: 'text', text: address }] }
  if (strong !== undefined) return { kind: 'strong', children: parseInline(strong) }
  if (em !== undefined) return { kind: 'em', children: parseInline(em) }
  if (hardBreak !== undefined) return { kind: 'break' }
  return { kind: 'text', text: escaped ?? whole }
}
