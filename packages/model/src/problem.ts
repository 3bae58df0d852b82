/** One thing that is wrong with a text or a model, in the form every surface shows: CLI, API, console. */
export interface Problem {
  /** Stable UPPER_SNAKE name of the kind of problem. */
  readonly code: string
  /** An error stops Sync; a warning does not. */
  readonly severity: 'error' | 'warning'
  /** What is wrong, and which one. */
  readonly message: string
  /** 1-based; 1 where the place is unknown. */
  readonly line: number
  /** 1-based, in UTF-16 units; 1 where the place is unknown. */
  readonly column: number
  /** What to do next. */
  readonly hint?: string
  /** Id of the node it is about. */
  readonly node?: string
}

/** A place in a text. Both are 1-based. */
export interface Position {
  readonly line: number
  readonly column: number
}

/**
 * A problem found in a model, before a text gives it a line and column.
 *
 * `path` names the place by the model's own words (`nodes/review/assign/rule`, `data/reason`); see `Positions.at`.
 */
export interface Finding {
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly path: string
  readonly hint?: string
  readonly node?: string
  /** UTF-16 units into the string at `path`, when the problem is inside an expression. */
  readonly offset?: number
}

export function hasErrors(problems: readonly { readonly severity: 'error' | 'warning' }[]): boolean {
  return problems.some((problem) => problem.severity === 'error')
}

/** In the order a person reads the text. */
export function sortProblems(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort((a, b) => a.line - b.line || a.column - b.column || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0))
}
