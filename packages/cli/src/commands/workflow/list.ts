import { serverCommand } from '../../define-command.ts'
import { choiceFlag, type PageFlags, pageFlags, textFlag } from '../../input/flags.ts'
import { workflowTable } from '../../workflow-table.ts'

interface Flags extends PageFlags {
  readonly kind?: 'graph' | 'code'
  readonly search?: string
  readonly tag?: string
}

export const command = serverCommand<Flags>({
  brief: 'List what can be started',
  about: 'Models and code workflows that you may start.',
  flags: {
    kind: choiceFlag('Only models (graph) or only code workflows (code)', ['graph', 'code']),
    search: textFlag('Only with these words in id or title'),
    tag: textFlag('Only with this tag', 'TAG'),
    ...pageFlags,
  },
  run: async (cli, { kind, search, tag, limit, cursor }) => {
    const client = await cli.client()
    const page = await client.workflows.list({ kind, search, tag, limit, cursor })
    cli.show(page, () => workflowTable(cli, page, 'No workflows. "millrace sync" publishes those of a project.'))
  },
})
