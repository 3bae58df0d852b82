import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { MillraceError } from '@millrace/protocol'
import type { RolldownLog } from 'rolldown'

/** One thing that is wrong with a workflow's files. */
export interface BundleProblem {
  readonly code: string
  readonly severity: 'error'
  /** Relative to the folder of the workflow. */
  readonly file: string
  /** 1-based. */
  readonly line: number
  readonly column: number
  readonly message: string
  readonly hint?: string
}

/** The error of a workflow that cannot be bundled: the first problem in the message, all of them in `details.problems`. */
export const bundleError = (problems: readonly BundleProblem[], cause?: unknown): MillraceError => {
  const [first] = problems
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''
  const message =
    first === undefined
      ? 'The workflow cannot be bundled.'
      : `${first.file}:${first.line}:${first.column}: ${first.message}${first.hint === undefined ? '' : ` ${first.hint}`}${more}`
  return new MillraceError('MODEL_INVALID', message, { details: { problems }, ...(cause === undefined ? {} : { cause }) })
}

/** A problem of the bundler in our words. */
export const problemOf = (log: RolldownLog, folder: string): BundleProblem => {
  const { message, hint } = wording(log, folder)
  return {
    code: log.code ?? 'BUNDLE_FAILED',
    severity: 'error',
    file: relative(log.loc?.file ?? log.id ?? folder, folder),
    line: log.loc?.line ?? 1,
    column: (log.loc?.column ?? 0) + 1,
    message,
    ...(hint === undefined ? {} : { hint }),
  }
}

/** With forward slashes on every machine. */
export const relative = (file: string, folder: string): string =>
  path.relative(folder, file).split(path.sep).join('/') || path.basename(file)

export const isTaskFile = (file: string): boolean => /\.task\.[cm]?[jt]s$/.test(file)
export const isWorkflowFile = (file: string): boolean => /\.workflow\.[cm]?[jt]s$/.test(file)

const wording = (log: RolldownLog, folder: string): { readonly message: string; readonly hint?: string } => {
  const plain =
    stripVTControlCharacters(log.message)
      .split('\n')[0]
      ?.replace(/^\[\w+\]\s*/, '') ?? ''
  switch (log.code) {
    case 'UNRESOLVED_IMPORT':
      return log.exporter?.startsWith('.') === true
        ? { message: `There is no file ${log.exporter}.`, hint: 'Write the path with its ending, such as ./refund.task.ts.' }
        : {
            message: `The package ${log.exporter} is not installed.`,
            hint: 'Install it, or move what needs it into a task (a file called *.task.ts).',
          }
    case 'MISSING_EXPORT': {
      const name = /"([^"]+)" is not exported/.exec(plain)?.[1] ?? 'It'
      const from = log.exporter === undefined ? 'the file' : relative(log.exporter, folder)
      return isTaskFile(from)
        ? {
            message: `${name} is no task of ${from}.`,
            hint: 'A workflow gets references to tasks only: export it with defineTask, or move what is shared to a file of its own.',
          }
        : { message: `${from} does not export ${name}.`, hint: 'If it is a type, import it with `import type`.' }
    }
    case 'INVALID_TLA_FORMAT':
      return { message: 'A workflow module cannot await at its top level.', hint: 'Await inside the function.' }
    default:
      return { message: plain.endsWith('.') ? plain : `${plain}.` }
  }
}
