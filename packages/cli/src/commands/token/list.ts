import { serverCommand } from '../../define-command.ts'
import { type PageFlags, pageFlags, textFlag } from '../../input/flags.ts'
import { nextPage } from '../../output/next-page.ts'
import { relative } from '../../output/time.ts'

export const command = serverCommand<PageFlags & { readonly user?: string }>({
  brief: 'List API tokens',
  about: 'Yours. Administrators may name another --user, or "*" for all.',
  flags: { user: textFlag('Of this user', 'USER'), ...pageFlags },
  run: async (cli, { user, limit, cursor }) => {
    const client = await cli.client()
    const page = await client.tokens.list({ user, limit, cursor })
    cli.show(page, () =>
      nextPage(
        cli,
        page,
        cli.table(
          page.items,
          [
            { title: 'ID', cell: (row) => row.id },
            { title: 'NAME', cell: (row) => row.name, canShrink: true },
            { title: 'USER', cell: (row) => row.user },
            { title: 'MADE', cell: (row) => relative(row.createdAtMs, cli.nowMs) },
            { title: 'USED', cell: (row) => (row.lastUsedAtMs === undefined ? 'never' : relative(row.lastUsedAtMs, cli.nowMs)) },
            { title: 'EXPIRES', cell: (row) => (row.expiresAtMs === undefined ? 'never' : relative(row.expiresAtMs, cli.nowMs)) },
          ],
          'No tokens.',
        ),
      ),
    )
  },
})
