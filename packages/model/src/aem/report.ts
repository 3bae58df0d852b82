import type { Position } from '../problem.ts'

/** What has no equivalent and needs a decision before the step can do its work. */
export type AemUnboundKind =
  /** A Java class or the label of one, run by a step. */
  | 'java'
  /** The path of an ECMA script, run by a step. */
  | 'script'
  /** A participant chooser. */
  | 'chooser'
  /** A rule outside the recognised idioms; it stays JavaScript. */
  | 'rule'
  /** What AEM runs at a step's timeout. */
  | 'timeout-handler'

export interface AemUnbound extends Position {
  readonly file: string
  /** Node of the model. */
  readonly node: string
  readonly kind: AemUnboundKind
  /** Class, label or path as AEM names it; for a rule, what kind of rule it is. */
  readonly name: string
  /** Task to bind in the project's configuration; absent for a rule. */
  readonly task?: string
}

/** A participant's name, and how it was read: AEM does not say whether a name is a user or a group. */
export interface AemAssignment extends Position {
  readonly file: string
  readonly node: string
  readonly name: string
  readonly as: 'user' | 'group'
  /** Read from the look of the name; false = a name or path that AEM itself defines. */
  readonly isGuess: boolean
}

/** Something that was changed, left out or assumed. */
export interface AemNote extends Position {
  readonly file: string
  readonly node?: string
  readonly message: string
}

/** What an import did, by file, line and node. */
export interface AemReport {
  readonly file: string
  readonly form: 'design' | 'runtime' | 'json'
  /** Nodes and transitions of the source. */
  readonly nodes: number
  readonly transitions: number
  readonly unbound: readonly AemUnbound[]
  readonly assignments: readonly AemAssignment[]
  readonly notes: readonly AemNote[]
}

/** What the conversion of one node has to say; places are added by who asked for it. */
export interface StepReport {
  /** `key` is the entry of the node's metadata it stands in. */
  unbound(kind: AemUnboundKind, name: string, key: string): void
  assignment(name: string, found: { readonly as: 'user' | 'group'; readonly isGuess: boolean }, key: string): void
  note(message: string, key?: string): void
}

export const SILENT: StepReport = { unbound: () => undefined, assignment: () => undefined, note: () => undefined }

/**
 * The report as text, one line each, in the order of the file.
 *
 * @example
 * // approve.xml:58:17 node2 java com.example.Notify: bind task aem:com.example.Notify
 */
export function printAemReport(report: AemReport): string {
  const lines: (Position & { readonly text: string })[] = [
    ...report.unbound.map(({ node, kind, name, task, ...place }) => ({
      ...place,
      text: `${node} ${kind} ${name}: ${task === undefined ? 'check this rule, it stays JavaScript' : `bind task ${task}`}`,
    })),
    ...report.assignments.map(({ node, name, as, isGuess, ...place }) => ({
      ...place,
      text: `${node} participant ${name}: ${isGuess ? 'taken for' : 'is'} a ${as}`,
    })),
    ...report.notes.map(({ node, message, ...place }) => ({ ...place, text: `${node === undefined ? '' : `${node} `}${message}` })),
  ]
  return lines
    .sort((a, b) => a.line - b.line || a.column - b.column)
    .map(({ line, column, text }) => `${report.file}:${line}:${column} ${text}\n`)
    .join('')
}
