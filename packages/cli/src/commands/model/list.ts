import { serverCommand } from '../../define-command.ts'
import { type PageFlags, pageFlags, textFlag } from '../../input/flags.ts'
import { workflowTable } from '../../workflow-table.ts'

export const command = serverCommand<PageFlags & { readonly search?: string; readonly tag?: string }>({
  brief: 'List models',
  flags: { search: textFlag('Only with these words in id or title'), tag: textFlag('Only with this tag', 'TAG'), ...pageFlags },
  run: async (cli, { search, tag, limit, cursor }) => {
    const client = await cli.client()
    const page = await client.models.list({ search, tag, limit, cursor })
    cli.show(page, () => workflowTable(cli, page, 'No models. "millrace sync FILE" publishes one.'))
  },
})
