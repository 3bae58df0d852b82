import { proposeCompletions } from '@stricli/core'
import { application } from './application.ts'
import type { Terminal } from './cli.ts'
import type { CliContext } from './define-command.ts'
import { parseWords } from './parse-words.ts'

/** What may stand in the place of the last word, one per line with what it does: what a shell asks for on Tab. */
export async function complete(given: readonly string[], terminal: Terminal): Promise<void> {
  const { words, argv } = parseWords(given)
  const context: CliContext = {
    process: { stdout: { write: terminal.out }, stderr: { write: terminal.err } },
    terminal,
    finish: () => undefined,
  }
  const proposals = await proposeCompletions(await application(words), argv.length === 0 ? [''] : argv, context)
  for (const { completion, brief } of proposals) terminal.out(`${completion}\t${brief}\n`)
}
