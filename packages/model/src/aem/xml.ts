/**
 * XML as a tree with positions, for files that come from anywhere.
 *
 * A document type is refused before anything in it is used: no model has one, and it is where external entities and entity bombs
 * live. Text between elements is skipped: DocView keeps everything in attributes.
 */
import { SaxesParser } from 'saxes'
import type { Position, Problem } from '../problem.ts'
import { MAX_AEM_CHARS, MAX_AEM_DEPTH, MAX_AEM_ELEMENTS } from './limits.ts'

export interface XmlAttribute extends Position {
  readonly name: string
  /** References resolved, DocView notation not. */
  readonly value: string
}

export interface XmlElement extends Position {
  readonly name: string
  readonly attributes: ReadonlyMap<string, XmlAttribute>
  readonly children: readonly XmlElement[]
}

interface OpenElement extends XmlElement {
  readonly attributes: Map<string, XmlAttribute>
  readonly children: XmlElement[]
}

class Refused extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.message)
    this.problem = problem
  }
}

/** The root element, or the first problem: AEM_TOO_LARGE, AEM_XML_DOCTYPE, AEM_XML_MALFORMED. */
export function readXml(text: string): { readonly root: XmlElement } | { readonly problem: Problem } {
  if (text.length > MAX_AEM_CHARS) {
    return { problem: tooLarge(`The file has ${text.length} characters; ${MAX_AEM_CHARS} are read at most.`, { line: 1, column: 1 }) }
  }
  try {
    return { root: buildTree(text) }
  } catch (error) {
    if (error instanceof Refused) return { problem: error.problem }
    throw error
  }
}

function buildTree(text: string): XmlElement {
  const places = new Places(text)
  const parser = new SaxesParser({ position: true })
  const open: OpenElement[] = []
  let root: XmlElement | undefined
  let current: OpenElement | undefined
  let count = 0
  parser.on('error', (error) => refuseMalformed(error))
  parser.on('doctype', () => refuseDoctype(places.at(text.lastIndexOf('<!DOCTYPE', parser.position))))
  parser.on('opentagstart', (tag) => {
    const place = places.at(text.lastIndexOf('<', parser.position - 1))
    current = { ...place, name: tag.name, attributes: new Map(), children: [] }
    count += 1
    if (count > MAX_AEM_ELEMENTS) throw new Refused(tooLarge(`The file has more than ${MAX_AEM_ELEMENTS} elements.`, place))
    if (open.length >= MAX_AEM_DEPTH) throw new Refused(tooLarge(`Elements are nested more than ${MAX_AEM_DEPTH} deep.`, place))
  })
  parser.on('attribute', ({ name, value }) => {
    current?.attributes.set(name, { ...places.at(attributeStart(text, parser.position, name)), name, value })
  })
  parser.on('opentag', () => {
    if (current === undefined) return
    const parent = open.at(-1)
    if (parent === undefined) root = current
    else parent.children.push(current)
    open.push(current)
  })
  parser.on('closetag', () => {
    open.pop()
  })
  parser.write(text).close()
  if (root === undefined) throw new Refused(malformed('The file has no element.', { line: 1, column: 1 }))
  return root
}

/** A quoted value cannot hold its own quote, so the one before the closing quote opens it. */
function attributeStart(text: string, end: number, name: string): number {
  const opening = text.lastIndexOf(text[end - 1] ?? '"', end - 2)
  return text.lastIndexOf(name, opening)
}

function refuseMalformed(error: Error): never {
  const [, line, column, what] = /^(?:[^:]*:)??(\d+):(\d+): (.*)$/s.exec(error.message) ?? []
  throw new Refused(
    malformed(`The file is not well-formed XML: ${what ?? error.message}`, { line: Number(line ?? 1), column: Number(column ?? 0) + 1 }),
  )
}

function refuseDoctype(place: Position): never {
  throw new Refused({
    ...place,
    code: 'AEM_XML_DOCTYPE',
    severity: 'error',
    message: 'The file has a document type declaration, which may name external files or entities; nothing of it is read.',
    hint: 'Remove the <!DOCTYPE …> part: models exported from AEM have none.',
  })
}

function malformed(message: string, place: Position): Problem {
  return {
    ...place,
    code: 'AEM_XML_MALFORMED',
    severity: 'error',
    message,
    hint: 'Export the model again, or correct the file at this place.',
  }
}

function tooLarge(message: string, place: Position): Problem {
  return { ...place, code: 'AEM_TOO_LARGE', severity: 'error', message, hint: 'Give the file of one workflow model.' }
}

/** Line and column of an offset. */
export class Places {
  readonly #starts: number[] = [0]

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1)
  }

  at(offset: number): Position {
    let low = 0
    let high = this.#starts.length - 1
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((this.#starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: Math.max(0, offset - (this.#starts[low] ?? 0)) + 1 }
  }
}
