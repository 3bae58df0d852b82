import { serverCommand } from '../../define-command.ts'
import { type PageFlags, pageFlags } from '../../input/flags.ts'
import { nextPage } from '../../output/next-page.ts'

export const command = serverCommand<PageFlags>({
  brief: 'List groups',
  flags: pageFlags,
  run: async (cli, { limit, cursor }) => {
    const client = await cli.client()
    const page = await client.groups.list({ limit, cursor })
    cli.show(page, () =>
      nextPage(
        cli,
        page,
        cli.table(
          page.items,
          [
            { title: 'GROUP', cell: (row) => row.name },
            { title: 'TITLE', cell: (row) => row.title, canShrink: true },
            { title: 'MEMBERS', cell: (row) => row.members.join(', '), canShrink: true },
          ],
          'No groups.',
        ),
      ),
    )
  },
})
