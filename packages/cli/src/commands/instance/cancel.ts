import { textFlag } from '../../input/flags.ts'
import { instanceCommand } from '../../instance-command.ts'

export const command = instanceCommand<{ readonly reason?: string }>({
  brief: 'End an instance orderly',
  about: 'Running attempts are told to stop and get a limited time; then it is ABORTED. Whoever started it may do this too.',
  flags: { reason: textFlag('Why; it stands in the history') },
  send: (client, id, { reason }) => client.instances.cancel(id, { reason }),
})
