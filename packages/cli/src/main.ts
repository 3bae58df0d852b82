/** One run of the CLI in this process: from the command line to the exit code. */
import { run, type StricliProcess } from '@stricli/core'
import { application } from './application.ts'
import type { Terminal } from './cli.ts'
import type { CliContext } from './define-command.ts'
import { EXIT } from './exit-code.ts'
import { parseWords } from './parse-words.ts'

/** What the scripts of `millrace completion` call. */
const COMPLETE = '__complete'

/** @returns the exit code. */
export async function main(given: readonly string[], terminal: Terminal): Promise<number> {
  if (given[0] === COMPLETE) {
    const { complete } = await import('./completion/complete.ts')
    await complete(given.slice(1), terminal)
    return EXIT.ok
  }
  const { words, argv } = parseWords(given)
  const app = await application(words)
  let finished: number | undefined
  // What the parser itself has to say comes as text: for a program it becomes a document, as every other error.
  const isJson = asksForJson(given)
  let said = ''
  const process: StricliProcess = {
    stdout: { write: terminal.out },
    stderr: { write: (text) => (isJson ? void (said += text) : terminal.err(text)) },
  }
  const context: CliContext = {
    process,
    terminal,
    finish: (code) => {
      finished = code
    },
  }
  await run(app, argv.length === 0 ? ['--help'] : argv, context)
  if (finished !== undefined) return finished
  // The parser's own codes are negative: each means that the command line is wrong, or that we are.
  const code = Number(process.exitCode ?? EXIT.ok)
  if (said !== '') terminal.err(`${JSON.stringify({ error: problemOf(said.trim()) })}\n`)
  return code === EXIT.ok ? EXIT.ok : code <= -4 ? EXIT.usage : EXIT.failed
}

const asksForJson = (given: readonly string[]): boolean => {
  const end = given.indexOf('--')
  return (end < 0 ? given : given.slice(0, end)).includes('--json')
}

/** `USAGE: what is wrong` as code and message. */
const problemOf = (said: string): { readonly code: string; readonly message: string } => {
  const [, code = 'INTERNAL', message = said] = /^([A-Z_]+): ([\s\S]*)$/.exec(said) ?? []
  return { code, message }
}
