import { textFlag } from '../../input/flags.ts'
import { workItemCommand } from '../../work-item-command.ts'

export const command = workItemCommand<{ readonly comment?: string }, [string]>({
  brief: 'Hand a work item to somebody else',
  flags: { comment: textFlag('Say why') },
  aliases: { m: 'comment' },
  arguments: [{ brief: 'A user, or group:NAME', placeholder: 'WHO' }],
  send: (client, id, { comment }, to) => client.workItems.delegate(id, { to, comment }),
})
