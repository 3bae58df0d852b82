import { MillraceError } from '@millrace/protocol/error'
import { CliError } from './cli-error.ts'
import { EXIT, type ExitCode, exitCodeOf } from './exit-code.ts'
import { plain } from './output/plain.ts'

export interface ErrorLine {
  /** `CODE: what is wrong, and what to do next.` */
  readonly line: string
  /** Problems of a text or a form, one line each; often empty. */
  readonly more: string
  /** For `--json`. */
  readonly problem: { readonly code: string; readonly message: string; readonly [name: string]: unknown }
  readonly exitCode: ExitCode
}

/** An error as a person and a program read it. */
export function errorLine(error: unknown): ErrorLine {
  if (error instanceof MillraceError || error instanceof CliError) {
    const { code, message, details } = error
    const line = `${code}: ${message}${adviceFor(code, message)}`
    return { line, more: problemLines(details['problems'], message), problem: { code, message, ...details }, exitCode: exitCodeOf(code) }
  }
  if (isSystemError(error)) {
    const message = `${error.path === undefined ? '' : `${error.path}: `}${SYSTEM_WORDS[error.code] ?? error.message}.`
    return { line: `${error.code}: ${message}`, more: '', problem: { code: error.code, message }, exitCode: EXIT.failed }
  }
  // A defect of ours: the stack is the only thing that helps whoever mends it.
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return {
    line: `INTERNAL: ${error instanceof Error ? error.message : String(error)}. This is a defect of the CLI; please report it with the lines below.`,
    more: `${message}\n`,
    problem: { code: 'INTERNAL', message },
    exitCode: EXIT.failed,
  }
}

/** The server's sentence says what to do next where it knows; only the CLI knows its own commands. */
const adviceFor = (code: string, message: string): string =>
  code !== 'UNAUTHENTICATED' || /"millrace login|password is wrong/.test(message) ? '' : ' Run "millrace login URL".'

const SYSTEM_WORDS: { readonly [code: string]: string } = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission denied',
  EISDIR: 'is a folder, a file was expected',
  ENOTDIR: 'is a file, a folder was expected',
  EEXIST: 'exists already',
  ENOSPC: 'the disk is full',
}

const isSystemError = (error: unknown): error is Error & { readonly code: string; readonly path?: string } =>
  error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string'

interface ShownProblem {
  readonly message?: unknown
  readonly line?: unknown
  readonly column?: unknown
  readonly pointer?: unknown
  readonly at?: unknown
  readonly hint?: unknown
}

/** @param said the sentence before: a problem that stands in it already is not said again */
const problemLines = (problems: unknown, said: string): string => {
  if (!Array.isArray(problems)) return ''
  return problems
    .filter((problem: ShownProblem) => !said.includes(String(problem.message)))
    .map((problem: ShownProblem) => {
      const column = typeof problem.column === 'number' ? problem.column : 1
      const place = typeof problem.line === 'number' ? `${problem.line}:${column}` : (problem.pointer ?? problem.at)
      const hint = typeof problem.hint === 'string' ? ` ${problem.hint}` : ''
      return `  ${plain(`${typeof place === 'string' && place !== '' ? `${place} ` : ''}${String(problem.message)}${hint}`)}\n`
    })
    .join('')
}
