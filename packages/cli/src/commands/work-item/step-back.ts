import { textFlag } from '../../input/flags.ts'
import { workItemCommand } from '../../work-item-command.ts'

export const command = workItemCommand<{ readonly comment?: string }, [string?]>({
  brief: 'Send the instance back to an earlier step',
  about: 'Without NODE: to the last step that a person decided. "millrace work-item show" lists where it may go.',
  flags: { comment: textFlag('Say why') },
  aliases: { m: 'comment' },
  arguments: [{ brief: 'Node to go back to', placeholder: 'NODE', optional: true }],
  send: (client, id, { comment }, to) => client.workItems.stepBack(id, { to, comment }),
})
