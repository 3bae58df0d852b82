import type { Client } from '@millrace/client'
import type { Instance } from '@millrace/protocol'
import type { Cli } from './cli.ts'
import { EXIT } from './exit-code.ts'
import { follow } from './follow.ts'
import { historyLine } from './history-line.ts'
import { plain } from './output/plain.ts'
import { shortId } from './output/short-id.ts'

/** Prints the history of an instance while it happens, and how it ended; one that did not complete makes the command fail. */
export async function followInstance(cli: Cli, client: Client, id: string, after: number): Promise<void> {
  const { signal } = cli.terminal
  const instance = await follow(client, id, {
    after,
    signal,
    onEntry: (entry) => cli.show(entry, () => historyLine(entry, cli.style)),
  })
  if (signal.aborted) return cli.setExitCode(EXIT.interrupted)
  if (!cli.isJson) cli.remark(ending(instance))
  if (instance.status !== 'COMPLETED') cli.setExitCode(EXIT.failed)
}

const ending = ({ id, status, error, reason }: Instance): string =>
  plain(
    `${shortId(id)} ${status}${error === undefined ? '' : `: ${error.code}: ${error.message}`}${reason === undefined ? '' : `: ${reason}`}`,
  )
