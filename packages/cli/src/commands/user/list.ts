import { serverCommand } from '../../define-command.ts'
import { type PageFlags, pageFlags, textFlag } from '../../input/flags.ts'
import { nextPage } from '../../output/next-page.ts'

export const command = serverCommand<PageFlags & { readonly search?: string }>({
  brief: 'List users',
  flags: { search: textFlag('Only with these words in the name'), ...pageFlags },
  run: async (cli, { search, limit, cursor }) => {
    const client = await cli.client()
    const page = await client.users.list({ search, limit, cursor })
    cli.show(page, () =>
      nextPage(
        cli,
        page,
        cli.table(
          page.items,
          [
            { title: 'USER', cell: (row) => row.name },
            { title: 'NAME', cell: (row) => row.displayName, canShrink: true },
            { title: 'MAIL', cell: (row) => row.email ?? '' },
            { title: 'ROLES', cell: (row) => row.roles.join(', ') },
            { title: 'GROUPS', cell: (row) => row.groups.join(', '), canShrink: true },
            { title: 'ACTIVE', cell: (row) => (row.isActive ? 'yes' : 'no') },
          ],
          'No users.',
        ),
      ),
    )
  },
})
