/** What every command gets: where to write, how to reach the server, what time it is. One per run of the program. */
import type { Client } from '@millrace/client'
import type { ExitCode } from './exit-code.ts'
import type { Style } from './output/style.ts'
import type { Column } from './output/table.ts'

/** The world outside, so that a test can be one. */
export interface Terminal {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  readonly env: { readonly [name: string]: string | undefined }
  readonly cwd: string
  /** Width of the terminal; absent when the output goes elsewhere. */
  readonly columns?: number
  readonly isTerminal: boolean
  /** Somebody sits there and can be asked. */
  readonly isInteractive: boolean
  readonly readStdin: () => Promise<string>
  readonly nowMs: () => number
  /** Aborts on Ctrl-C. */
  readonly signal: AbortSignal
}

/** Flags of every command. */
export interface CommonFlags {
  readonly json?: boolean
  readonly color: boolean
}

/** Flags of every command that talks to a server. */
export interface ServerFlags extends CommonFlags {
  readonly url?: string
  readonly profile?: string
  readonly as?: string
}

export interface Cli {
  readonly terminal: Terminal
  readonly isJson: boolean
  readonly style: Style
  readonly nowMs: number
  /** One line to stdout. */
  readonly say: (line: string) => void
  /** One line to stderr: progress and remarks, nothing a program reads. */
  readonly remark: (line: string) => void
  /** The result: the value as one line of JSON with `--json`, the text otherwise. */
  readonly show: (value: unknown, text: () => string) => void
  /** Rows as a table; `none` is said where there are none. */
  readonly table: <Row>(rows: readonly Row[], columns: readonly Column<Row>[], none: string) => string
  /** The client of the server this command is for. @throws CliError when there is none. */
  readonly client: () => Promise<Client>
  readonly setExitCode: (code: ExitCode) => void
}
