import { textFlag } from '../../input/flags.ts'
import { instanceCommand } from '../../instance-command.ts'

export const command = instanceCommand<{ readonly reason?: string }>({
  brief: 'End an instance at once',
  about: 'It is ABORTED now; running attempts are told to stop, and nobody waits for them.',
  flags: { reason: textFlag('Why; it stands in the history') },
  send: (client, id, { reason }) => client.instances.terminate(id, { reason }),
})
