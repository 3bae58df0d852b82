import { proposeCompletions } from '@stricli/core'
import { application } from '../application.ts'
import type { Terminal } from '../cli.ts'
import { COMMANDS } from '../command-table.ts'
import type { CliContext } from '../define-command.ts'
import { plain } from '../output/plain.ts'
import { parseWords } from '../parse-words.ts'
import { createProposer } from './proposer.ts'

/**
 * What may stand in the place of the last word, one per line with what it does: what a shell asks for on Tab. Nothing is said where a file may stand, or where
 * nobody answers: the shell then offers files.
 */
export async function complete(given: readonly string[], terminal: Terminal): Promise<void> {
  // `--as=an` is asked as `--as an`, and answered with what stands before.
  const last = given.at(-1) ?? ''
  const [joined = '', flag] = /^(--[a-z-]+)=/.exec(last) ?? []
  const partial = last.slice(joined.length)
  const { words, argv } = parseWords(flag === undefined ? given.slice(0, -1) : [...given.slice(0, -1), flag])
  const proposer = createProposer(terminal, argv)
  const context: CliContext = {
    process: { stdout: { write: terminal.out }, stderr: { write: terminal.err } },
    terminal,
    finish: () => undefined,
    propose: proposer.propose,
  }
  const proposals = await proposeCompletions(await application(words), [...argv, partial], context)
  const wanted = proposals.filter(({ completion }) => completion !== '--')
  // Where an argument may stand, flags are offered to those who begin one: they would hide the files.
  const isFlag = partial.startsWith('-')
  const shown = isFlag || !(await takesArguments(words)) ? wanted : wanted.filter(({ kind }) => kind !== 'argument:flag')
  for (const { completion, brief } of shown) terminal.out(`${joined}${completion}\t${plain(proposer.about(completion) ?? brief)}\n`)
}

const takesArguments = async (words: string | undefined): Promise<boolean> => {
  if (words === undefined) return false
  const { positional } = (await COMMANDS[words]?.load())?.command.parameters ?? {}
  return positional !== undefined && (positional.kind === 'array' || positional.parameters.length > 0)
}
