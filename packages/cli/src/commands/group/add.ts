import { serverCommand } from '../../define-command.ts'
import { textFlag } from '../../input/flags.ts'
import { groupOrNew } from '../../server/group-or-new.ts'

export const command = serverCommand<{ readonly title?: string }, string[]>({
  brief: 'Create a group, or add members to it',
  about: '  millrace group add editors ana bo --title "Editors"',
  flags: { title: textFlag('Title as people read it') },
  arguments: { many: { brief: 'Name of the group, then its members', placeholder: 'GROUP [USER]' }, minimum: 1 },
  run: async (cli, { title }, name = '', ...added) => {
    const client = await cli.client()
    const { title: before, members } = await groupOrNew(client, name)
    const group = await client.groups.save(name, { title: title ?? before, members: [...new Set([...members, ...added])] })
    cli.show(group, () => `${group.name}: ${group.members.join(', ') || 'no members'}`)
  },
})
