import { type CompleteFlags, completeFlags, completeWorkItem } from '../../complete-work-item.ts'
import { workItemCommand } from '../../work-item-command.ts'

export const command = workItemCommand<CompleteFlags, [string?]>({
  brief: 'Decide a work item by one of its routes',
  about: `ROUTE is the name of a route or the words on its button; leave it out where there is only one way on.

  millrace work-item complete 4b7c21d0.3 approve --comment "Looks good" --answer amount=40`,
  flags: completeFlags,
  aliases: { m: 'comment', f: 'follow' },
  arguments: [{ brief: 'Route to take', placeholder: 'ROUTE', optional: true }],
  send: (client, id, flags, route) => completeWorkItem(client, id, { ...flags, route: route ?? flags.route }),
})
