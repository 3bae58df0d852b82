import type { Model, Problem } from '@millrace/model'
import type { Counterexample } from '../graph/play.ts'

/** What the worker says of a text. Plain data: it crosses a worker boundary. */
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

export type CheckRequest =
  | { readonly kind: 'check'; readonly seq: number; readonly text: string }
  | { readonly kind: 'complete'; readonly seq: number; readonly text: string; readonly offset: number; readonly tasks: readonly string[] }
  | { readonly kind: 'import'; readonly seq: number; readonly text: string; readonly file: string }

/** One thing that may be typed here. */
export interface Completion {
  readonly label: string
  readonly detail?: string
}

export interface Imported {
  /** Absent when it could not be read. */
  readonly text?: string
  readonly id?: string
  readonly problems: readonly Problem[]
  /** What needs binding or a look, as sentences. */
  readonly report: string
}

export type CheckAnswer =
  | { readonly kind: 'check'; readonly seq: number; readonly checked: Checked }
  | { readonly kind: 'complete'; readonly seq: number; readonly from: number; readonly completions: readonly Completion[] }
  | { readonly kind: 'import'; readonly seq: number; readonly imported: Imported }
