import { serverCommand } from '../../define-command.ts'
import { type PageFlags, pageFlags, textFlag } from '../../input/flags.ts'
import { nextPage } from '../../output/next-page.ts'
import { shortId } from '../../output/short-id.ts'
import { span } from '../../output/time.ts'

export const command = serverCommand<PageFlags & { readonly workflow?: string; readonly group?: string }>({
  brief: 'List failed steps that wait',
  about: 'Mend the cause, then "millrace instance retry INSTANCE"; or go on without it: "millrace instance skip INSTANCE".',
  flags: { workflow: textFlag('Only of this workflow', 'WORKFLOW'), group: textFlag('Only with the same cause', 'CAUSE'), ...pageFlags },
  run: async (cli, { workflow, group, limit, cursor }) => {
    const client = await cli.client()
    const page = await client.incidents.list({ workflow, group, limit, cursor })
    cli.show(page, () =>
      nextPage(
        cli,
        page,
        cli.table(
          page.items,
          [
            { title: 'INSTANCE', cell: (row) => shortId(row.instance) },
            { title: 'WORKFLOW', cell: (row) => `${row.workflow} ${row.version}` },
            { title: 'TITLE', cell: (row) => row.title, canShrink: true },
            { title: 'NODE', cell: (row) => row.node ?? '' },
            { title: 'STEP', cell: (row) => (row.step === undefined ? '' : String(row.step)), align: 'right' },
            { title: 'ERROR', cell: (row) => `${row.error.code}: ${row.error.message}`, canShrink: true, paint: cli.style.red },
            { title: 'SINCE', cell: (row) => span(cli.nowMs - row.atMs) },
          ],
          'No incidents.',
        ),
      ),
    )
  },
})
