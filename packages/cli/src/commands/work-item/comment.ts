import { workItemCommand } from '../../work-item-command.ts'

export const command = workItemCommand<object, [string]>({
  brief: 'Say something without deciding',
  arguments: [{ brief: 'What to say', placeholder: 'TEXT' }],
  send: (client, id, _flags, text) => client.workItems.comment(id, { text }),
})
