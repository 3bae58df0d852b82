import type { Code } from './code.ts'
import type { Finding } from './finding.ts'

/** A house rule that looks at one source file at a time. */
export interface CodeRule {
  /** The rule and its reason in one sentence: the name of its test, and what a reader learns when it fails. */
  readonly rule: string
  readonly check: (code: Code) => readonly Finding[]
  /** Files the rule must find something in: a rule that cannot fail is a defect. */
  readonly refuses: readonly Sample[]
  /** Files that look like it and are fine. */
  readonly accepts: readonly Sample[]
}

export type Sample = readonly [path: string, text: string]
