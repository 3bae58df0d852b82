/** Runs the body of a command: makes its `Cli`, and turns what it throws into one line and an exit code. */
import type { Client } from '@millrace/client'
import type { Cli, ServerFlags, Terminal } from './cli.ts'
import { errorLine } from './error-line.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { plain } from './output/plain.ts'
import { styleOf } from './output/style.ts'
import { table } from './output/table.ts'

/** @returns the exit code. Never rejects. */
export async function runCommand(terminal: Terminal, flags: ServerFlags, body: (cli: Cli) => Promise<void> | void): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.ok
  const isJson = flags.json === true
  const style = styleOf({ wantsColor: flags.color && !isJson, isTerminal: terminal.isTerminal, env: terminal.env })
  const nowMs = terminal.nowMs()
  let client: Promise<Client> | undefined
  const say = (line: string): void => terminal.out(`${line}\n`)
  const cli: Cli = {
    terminal,
    isJson,
    style,
    nowMs,
    say,
    remark: (line) => terminal.err(`${line}\n`),
    show: (value, text) => say(isJson ? JSON.stringify(value) : text()),
    table: (rows, columns, none) =>
      rows.length === 0
        ? style.dim(plain(none))
        : table(rows, columns, { ...(terminal.columns === undefined ? {} : { columns: terminal.columns }), head: style.bold }),
    client: () => (client ??= import('./server/connect.ts').then(({ connect }) => connect(terminal, flags))),
    setExitCode: (code) => {
      exitCode = code
    },
  }
  try {
    await body(cli)
    return exitCode
  } catch (error) {
    if (terminal.signal.aborted) return EXIT.interrupted
    const failure = errorLine(error)
    terminal.err(isJson ? `${JSON.stringify({ error: failure.problem })}\n` : `${style.red(plain(failure.line))}\n${failure.more}`)
    return failure.exitCode
  }
}
