import { isAlias, isMap, isScalar, isSeq, LineCounter, type Pair, parseDocument, type Scalar, type YAMLError } from 'yaml'
import type { ProblemCode } from '../problem-code.ts'
import { MAX_TEXT_DEPTH, MAX_TEXT_LENGTH, MAX_TEXT_VALUES } from './limits.ts'
import type { Located, LocatedEntry } from './located.ts'

export interface ReadDocument {
  /** Undefined when nothing usable could be read. */
  readonly root?: Located
  readonly problems: readonly TextProblem[]
  readonly lines: LineCounter
}

export interface TextProblem {
  readonly code: ProblemCode
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly offset: number
  readonly hint?: string
}

/** Reads YAML 1.2 or JSON (a subset of it) with the place of every value. Reports, never throws. */
export function readDocument(text: string): ReadDocument {
  const lines = new LineCounter()
  if (text.length > MAX_TEXT_LENGTH) {
    const message = `The text has ${text.length} characters; at most ${MAX_TEXT_LENGTH} are read.`
    return {
      lines,
      problems: [{ code: 'TEXT_TOO_LARGE', severity: 'error', message, offset: 0, hint: 'Split the model with containers.' }],
    }
  }
  let document: ReturnType<typeof parseDocument>
  try {
    // Duplicate keys are looked for below: the library compares every key with every other.
    document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false, merge: false, logLevel: 'error' })
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return { lines, problems: [tooDeep(0)] }
  }
  const problems: TextProblem[] = [
    ...document.errors.map((error) => syntaxProblem(error, text, 'error')),
    ...document.warnings.map((warning) => syntaxProblem(warning, text, 'warning')),
  ]
  if (document.errors.length > 0) return { lines, problems: problems.filter(isFirstAtItsPlace) }
  const reading = new Reading(text, problems)
  const root = document.contents === null ? undefined : reading.read(document.contents, 0)
  return root === undefined ? { lines, problems } : { lines, problems, root }
}

/** The library reports one broken bracket once per level around it. */
function isFirstAtItsPlace(problem: TextProblem, index: number, all: readonly TextProblem[]): boolean {
  return all.findIndex((other) => other.offset === problem.offset) === index
}

/** One pass over the tree: it knows the anchors met so far and how many values there were. */
class Reading {
  readonly #text: string
  readonly #problems: TextProblem[]
  readonly #anchors = new Map<string, unknown>()
  #values = 0

  constructor(text: string, problems: TextProblem[]) {
    this.#text = text
    this.#problems = problems
  }

  read(node: unknown, depth: number): Located {
    const offset = rangeStart(node)
    if (++this.#values > MAX_TEXT_VALUES) {
      if (this.#values === MAX_TEXT_VALUES + 1) this.#problems.push(tooMany(offset))
      return nothing(offset)
    }
    if (depth > MAX_TEXT_DEPTH) {
      if (!this.#problems.some((problem) => problem.code === 'TEXT_TOO_DEEP')) this.#problems.push(tooDeep(offset))
      return nothing(offset)
    }
    if (isAlias(node)) return this.#readAlias(node.source, offset, depth)
    if ((isMap(node) || isSeq(node) || isScalar(node)) && node.anchor !== undefined) this.#anchors.set(node.anchor, node)
    if (isMap(node)) return { kind: 'map', offset, entries: this.#readEntries(node.items, depth) }
    if (isSeq(node)) return { kind: 'list', offset, items: node.items.map((item) => this.read(item, depth + 1)) }
    if (isScalar(node)) return this.#readScalar(node, offset)
    return nothing(offset)
  }

  /** A copy of what the anchor names; the expansion counts, and an alias inside its own anchor ends at the depth limit. */
  #readAlias(name: string, offset: number, depth: number): Located {
    const target = this.#anchors.get(name)
    if (target === undefined) {
      this.#problems.push({ code: 'TEXT_SYNTAX', severity: 'error', message: `*${name} has no anchor &${name} before it.`, offset })
      return nothing(offset)
    }
    return this.read(target, depth + 1)
  }

  #readEntries(pairs: readonly Pair[], depth: number): readonly LocatedEntry[] {
    const entries = new Map<string, LocatedEntry>()
    for (const { key, value } of pairs) {
      const keyOffset = rangeStart(key)
      const name = isScalar(key) ? String(key.value) : undefined
      if (name === undefined) {
        const hint = 'A value that begins with {{ needs quotes: "{{ … }}".'
        this.#problems.push({ code: 'TEXT_SYNTAX', severity: 'error', message: 'A key must be plain text.', offset: keyOffset, hint })
        continue
      }
      if (entries.has(name)) {
        const hint = 'Keep one of them.'
        this.#problems.push({ code: 'KEY_DUPLICATE', severity: 'error', message: `${name} stands twice here.`, offset: keyOffset, hint })
      }
      const read = value === null || value === undefined ? nothing(keyOffset) : this.read(value, depth + 1)
      entries.set(name, { key: name, keyOffset, value: read })
    }
    return [...entries.values()]
  }

  #readScalar(node: Scalar, offset: number): Located {
    const { value } = node
    const end = node.range?.[1] ?? offset
    const raw = this.#text.slice(offset, end)
    if (typeof value === 'number' && !Number.isFinite(value)) {
      this.#problems.push({ code: 'VALUE_TYPE', severity: 'error', message: `${raw} is no number that JSON knows.`, offset })
      return nothing(offset)
    }
    if (typeof value === 'string') {
      const quotes = node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE' ? 1 : 0
      const isVerbatim = this.#text.startsWith(value, offset + quotes) && !value.includes('\n')
      return { kind: 'scalar', value, source: value, offset, ...(isVerbatim ? { textOffset: offset + quotes } : {}) }
    }
    if (typeof value === 'number' || typeof value === 'boolean') return { kind: 'scalar', value, source: raw, offset }
    return nothing(offset)
  }
}

function nothing(offset: number): Located {
  return { kind: 'scalar', value: null, source: '', offset }
}

function rangeStart(node: unknown): number {
  if (typeof node !== 'object' || node === null || !('range' in node)) return 0
  const range = node.range as readonly [number, number, number] | null | undefined
  return range?.[0] ?? 0
}

function tooDeep(offset: number): TextProblem {
  return { code: 'TEXT_TOO_DEEP', severity: 'error', message: `The text nests deeper than ${MAX_TEXT_DEPTH} levels.`, offset }
}

function tooMany(offset: number): TextProblem {
  const message = `The text has more than ${MAX_TEXT_VALUES} values, aliases expanded.`
  return { code: 'TEXT_ALIASES', severity: 'error', message, offset, hint: 'Repeat less: aliases of aliases multiply.' }
}

const SYNTAX_HINTS: { readonly [code: string]: string } = {
  TAB_AS_INDENT: 'Indent with spaces.',
  BAD_INDENT: 'Give every entry of one map or list the same indent.',
  MULTIPLE_DOCS: 'One file holds one model: remove what follows the --- line.',
  MULTILINE_IMPLICIT_KEY: 'A colon is missing, or a text with a colon needs quotes.',
  BLOCK_AS_IMPLICIT_KEY: 'A text with a colon needs quotes.',
  MISSING_CHAR: 'A bracket, brace or quote is not closed.',
  BAD_SCALAR_START: 'Put the text in quotes.',
  RESOURCE_EXHAUSTION: 'The text nests too deep.',
}

function syntaxProblem(error: YAMLError, text: string, severity: 'error' | 'warning'): TextProblem {
  if (error.code === 'RESOURCE_EXHAUSTION') return tooDeep(error.pos[0])
  const hint = SYNTAX_HINTS[error.code]
  const offset = Math.min(error.pos[0], text.length)
  if (error.code === 'MULTIPLE_DOCS') {
    return {
      code: 'TEXT_SYNTAX',
      severity,
      message: 'The text has several documents; it must hold one model.',
      offset: error.pos[0],
      hint: SYNTAX_HINTS.MULTIPLE_DOCS ?? '',
    }
  }
  const message = /[.!?]$/.test(error.message) ? error.message : `${error.message}.`
  return { code: 'TEXT_SYNTAX', severity, message, offset, ...(hint === undefined ? {} : { hint }) }
}
