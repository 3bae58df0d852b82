import { serverCommand } from '../../define-command.ts'

export const command = serverCommand<object, [string]>({
  brief: 'Delete a group',
  about: 'Open work items keep naming it; "millrace doctor" then lists them as waiting for nobody.',
  arguments: [{ brief: 'Name of the group', placeholder: 'GROUP' }],
  run: async (cli, _flags, name) => {
    const client = await cli.client()
    await client.groups.delete(name)
    cli.show({ deleted: name }, () => `Deleted group ${name}.`)
  },
})
