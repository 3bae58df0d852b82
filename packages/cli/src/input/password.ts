import type { Cli } from '../cli.ts'
import { usageError } from '../cli-error.ts'

/** The password on standard input: its first line, so that `echo` and a password manager both do. */
export async function readPassword(cli: Pick<Cli, 'terminal'>): Promise<string> {
  const [password = ''] = (await cli.terminal.readStdin()).split(/\r?\n/, 1)
  if (password === '') throw usageError('There is no password on standard input: echo "$PASSWORD" | millrace …')
  return password
}
