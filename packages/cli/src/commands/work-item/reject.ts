import { type CompleteFlags, completeFlags, completeWorkItem } from '../../complete-work-item.ts'
import { workItemCommand } from '../../work-item-command.ts'

export const command = workItemCommand<CompleteFlags>({
  brief: 'Decide by the route reject',
  flags: completeFlags,
  aliases: { m: 'comment', f: 'follow' },
  send: (client, id, flags) => completeWorkItem(client, id, { ...flags, route: 'reject' }),
})
