import { workItemCommand } from '../../work-item-command.ts'

export const command = workItemCommand({
  brief: 'Take a work item for yourself',
  about: 'Nobody else can decide it until you give it back with "millrace work-item unclaim".',
  send: (client, id) => client.workItems.claim(id),
})
