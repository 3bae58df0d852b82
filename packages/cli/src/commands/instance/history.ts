import { serverCommand } from '../../define-command.ts'
import { followInstance } from '../../follow-instance.ts'
import { historyLine } from '../../history-line.ts'
import { numberFlag, switchFlag } from '../../input/flags.ts'
import { instanceId } from '../../server/instance-id.ts'

interface Flags {
  readonly follow?: boolean
  readonly after?: number
  readonly limit?: number
}

/** Facts asked for at once; all of them are shown unless `--limit` says less. */
const PAGE = 500

export const command = serverCommand<Flags, [string]>({
  brief: 'Show what happened in an instance',
  about:
    'One fact per line, in order. With --follow it goes on live and ends when the instance does; the exit code is 1 when it did not complete.',
  flags: {
    follow: switchFlag('Go on live until it ends'),
    after: numberFlag('Only facts after this number', { least: 0, most: Number.MAX_SAFE_INTEGER }),
    limit: numberFlag('At most so many facts (default: all)', { least: 1, most: 1_000_000 }),
  },
  aliases: { f: 'follow' },
  arguments: [{ brief: 'Id, or its beginning or end', placeholder: 'INSTANCE' }],
  run: async (cli, { follow, after = 0, limit = Infinity }, given) => {
    const client = await cli.client()
    const id = await instanceId(client, given)
    if (follow === true) return followInstance(cli, client, id, after)
    let shown = 0
    let last = after
    while (shown < limit) {
      const page = await client.instances.history(id, { after: last, limit: Math.min(PAGE, limit - shown) })
      for (const entry of page.items) cli.show(entry, () => historyLine(entry, cli.style))
      shown += page.items.length
      const end = page.items.at(-1)
      if (end === undefined || page.items.length < PAGE) return
      last = end.seq
    }
  },
})
