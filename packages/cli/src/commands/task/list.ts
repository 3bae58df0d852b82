import { serverCommand } from '../../define-command.ts'

export const command = serverCommand({
  brief: 'List the tasks that nodes and code may run',
  run: async (cli) => {
    const client = await cli.client()
    const answer = await client.tasks.list()
    cli.show(answer, () =>
      cli.table(
        answer.items,
        [
          { title: 'TASK', cell: (row) => row.name },
          { title: 'TITLE', cell: (row) => row.title, canShrink: true },
          { title: 'PLUGIN', cell: (row) => row.plugin },
        ],
        'No tasks.',
      ),
    )
  },
})
