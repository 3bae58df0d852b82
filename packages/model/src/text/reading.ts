import type { LineCounter } from 'yaml'
import type { Position, Problem } from '../problem.ts'
import type { ProblemCode } from '../problem-code.ts'
import { MAX_PROBLEMS } from './limits.ts'
import type { Located } from './located.ts'
import type { Place } from './positions.ts'

/** What the readers of one text share: the problems found and the places met. */
export class Reading {
  readonly problems: Problem[] = []
  readonly paths: { [path: string]: Place } = {}
  readonly #lines: LineCounter
  /** Node that is being read, named in its problems. */
  node: string | undefined

  constructor(lines: LineCounter) {
    this.#lines = lines
  }

  /** More would not be reported: no need to look for hints. */
  get isFull(): boolean {
    return this.problems.length >= MAX_PROBLEMS
  }

  report(
    code: ProblemCode,
    offset: number,
    message: string,
    options: { readonly hint?: string | undefined; readonly severity?: 'warning' } = {},
  ): void {
    if (this.isFull) return
    this.problems.push({
      code,
      severity: options.severity ?? 'error',
      message,
      ...this.position(offset),
      ...(options.hint === undefined ? {} : { hint: options.hint }),
      ...(this.node === undefined ? {} : { node: this.node }),
    })
  }

  /** Remembers where a part of the model stands. */
  mark(path: string, at: Located): void {
    const textOffset = at.kind === 'scalar' ? at.textOffset : undefined
    this.paths[path] = { ...this.position(textOffset ?? at.offset), ...(textOffset === undefined ? {} : { isVerbatim: true }) }
  }

  markOffset(path: string, offset: number): void {
    this.paths[path] = this.position(offset)
  }

  position(offset: number): Position {
    const { line, col } = this.#lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
}
