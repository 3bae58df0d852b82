import type { Checked } from '../checked.ts'

/** From 1, both included. */
export interface Lines {
  readonly from: number
  readonly to: number
}

/** The node whose lines a cursor stands in; above the first written one it is the start. */
export function nodeAtLine(lines: Checked['lines'], line: number): string | undefined {
  let found: { readonly node: string; readonly begins: number } | undefined
  for (const [node, begins] of Object.entries(lines)) {
    if (begins <= line && begins > (found?.begins ?? 0)) found = { node, begins }
  }
  return found?.node
}

/** Lines of a node in a text: from its own up to the next node, without the empty lines and comments before that. */
export function linesOfNode(lines: Checked['lines'], node: string, text: string): Lines | undefined {
  const from = Object.hasOwn(lines, node) ? lines[node] : undefined
  const written = text.split('\n')
  const first = from === undefined ? undefined : written[from - 1]
  // A start or end that is not written has the place of the list.
  if (from === undefined || first === undefined || !/^\s*[-{]/.test(first)) return undefined
  // What follows a node and is indented less is the model's own.
  const indent = /^[ -]*/.exec(first)?.[0].length ?? 0
  let to = from
  for (let line = from + 1; line <= written.length; line++) {
    const here = written[line - 1] ?? ''
    if (/^\s*(#.*)?$/.test(here)) continue
    if ((/^ */.exec(here)?.[0].length ?? 0) < Math.max(1, indent)) break
    to = line
  }
  return { from, to }
}
