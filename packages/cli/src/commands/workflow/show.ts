import { serverCommand } from '../../define-command.ts'
import { lines } from '../../output/lines.ts'
import { versionTable } from '../../version-table.ts'

export const command = serverCommand<object, [string]>({
  brief: 'Show a workflow and its versions',
  arguments: [{ brief: 'Id of the workflow', placeholder: 'WORKFLOW' }],
  run: async (cli, _flags, id) => {
    const client = await cli.client()
    const [workflow, versions] = await Promise.all([client.workflows.get(id), client.workflows.versions(id, { limit: 10 })])
    cli.show({ ...workflow, versions: versions.items }, () => {
      const head = lines(cli.style, [
        ['Id', workflow.id],
        ['Title', workflow.title],
        ['Kind', workflow.kind === 'graph' ? 'model' : 'code'],
        ['About', workflow.description],
        ['Payload', workflow.payload],
        ['Tags', workflow.tags.join(', ')],
        [
          'Open',
          `${workflow.instances.open} instances${workflow.instances.incidents === 0 ? '' : `, ${workflow.instances.incidents} incidents`}`,
        ],
        ['You may', workflow.canStart ? `start it: millrace start ${workflow.id}` : 'not start it'],
      ])
      return `${head}\n\n${versionTable(cli, versions)}`
    })
  },
})
