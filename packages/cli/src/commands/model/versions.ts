import { serverCommand } from '../../define-command.ts'
import { type PageFlags, pageFlags } from '../../input/flags.ts'
import { versionTable } from '../../version-table.ts'

export const command = serverCommand<PageFlags, [string]>({
  brief: 'List the versions of a model',
  flags: pageFlags,
  arguments: [{ brief: 'Id of the model', placeholder: 'MODEL' }],
  run: async (cli, { limit, cursor }, id) => {
    const client = await cli.client()
    const page = await client.models.versions(id, { limit, cursor })
    cli.show(page, () => versionTable(cli, page))
  },
})
