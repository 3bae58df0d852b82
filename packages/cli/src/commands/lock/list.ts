import { serverCommand } from '../../define-command.ts'
import { shortId } from '../../output/short-id.ts'
import { span } from '../../output/time.ts'
import { whySentence } from '../../why-sentence.ts'

export const command = serverCommand({
  brief: 'List locks, their holders and the line',
  run: async (cli) => {
    const client = await cli.client()
    const answer = await client.locks.list()
    cli.show(answer, () =>
      cli.table(
        answer.items.flatMap(({ name, holders, queue }) => [
          ...holders.map((one) => ({
            name,
            place: 'holds',
            since: one.sinceMs,
            waits: one.why === undefined ? '' : whySentence(one.why, cli.nowMs),
            ...one,
          })),
          ...queue.map((one) => ({
            name,
            place: `${one.position}`,
            since: one.sinceMs,
            waits: `behind ${one.behind.map(shortId).join(', ')}`,
            ...one,
            status: 'QUEUED',
          })),
        ]),
        [
          { title: 'LOCK', cell: (row) => row.name },
          { title: 'PLACE', cell: (row) => row.place, align: 'right' },
          { title: 'INSTANCE', cell: (row) => shortId(row.instance) },
          { title: 'TITLE', cell: (row) => row.title, canShrink: true },
          { title: 'STATUS', cell: (row) => row.status },
          { title: 'SINCE', cell: (row) => span(cli.nowMs - row.since) },
          { title: 'WAITS', cell: (row) => row.waits, canShrink: true },
        ],
        'No locks are held, and nobody waits for one.',
      ),
    )
  },
})
