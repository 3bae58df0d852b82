import { serverCommand } from '../../define-command.ts'

export const command = serverCommand<object, string[]>({
  brief: 'Take members out of a group',
  arguments: { many: { brief: 'Name of the group, then the members', placeholder: 'GROUP USER' }, minimum: 2 },
  run: async (cli, _flags, name = '', ...removed) => {
    const client = await cli.client()
    const { title, members } = await client.groups.get(name)
    const group = await client.groups.save(name, { title, members: members.filter((member) => !removed.includes(member)) })
    cli.show(group, () => `${group.name}: ${group.members.join(', ') || 'no members'}`)
  },
})
