import type { Model, Problem } from '@millrace/model'
import type { Counterexample } from '../graph/play.ts'

/** What the check says of a text. Plain data: it crosses a worker boundary. */
export interface Checked {
  readonly problems: readonly Problem[]
  readonly verdict?: 'sound' | 'unsound' | 'unknown'
  readonly states?: number
  readonly counterexample?: Counterexample
  /** What could be read, also in spite of errors. */
  readonly model?: Model
  /** Line of each node, from 1. */
  readonly lines: { readonly [node: string]: number }
}
