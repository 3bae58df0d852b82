import { serverCommand } from '../../define-command.ts'
import { bytesText } from '../../output/bytes.ts'
import { moment } from '../../output/time.ts'

export const command = serverCommand({
  brief: 'List backups',
  run: async (cli) => {
    const client = await cli.client()
    const answer = await client.backups.list()
    cli.show(answer, () =>
      cli.table(
        answer.items,
        [
          { title: 'NAME', cell: (row) => row.name },
          { title: 'WHEN', cell: (row) => moment(row.createdAtMs) },
          { title: 'SIZE', cell: (row) => bytesText(row.bytes), align: 'right' },
          { title: 'INSTANCES', cell: (row) => String(row.instances), align: 'right' },
        ],
        'No backups. "millrace backup create" makes one.',
      ),
    )
  },
})
