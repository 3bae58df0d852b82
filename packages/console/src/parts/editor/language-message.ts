import type { Problem } from '@millrace/model'
import type { HostWords, Suggestion } from './complete/suggestions.ts'

/** What the page asks the worker of the language, each with a number of its own. */
export type LanguageRequest =
  | { readonly kind: 'complete'; readonly seq: number; readonly text: string; readonly offset: number; readonly words: HostWords }
  | { readonly kind: 'import'; readonly seq: number; readonly text: string; readonly file: string }

export type LanguageAnswer =
  | { readonly kind: 'complete'; readonly seq: number; readonly completions: Completions }
  | { readonly kind: 'import'; readonly seq: number; readonly imported: Imported }

export interface Completions {
  /** Where what is typed so far begins. */
  readonly from: number
  readonly isBegun: boolean
  readonly suggestions: readonly Suggestion[]
}

export interface Imported {
  /** Absent when it could not be read. */
  readonly text?: string
  readonly id?: string
  readonly problems: readonly Problem[]
  /** What needs binding or a look, as sentences. */
  readonly report: string
}
