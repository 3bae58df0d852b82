import { workItemCommand } from '../../work-item-command.ts'

export const command = workItemCommand({
  brief: 'Give a work item back',
  send: (client, id) => client.workItems.unclaim(id),
})
