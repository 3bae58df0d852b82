import { textFlag } from '../../input/flags.ts'
import { instanceCommand } from '../../instance-command.ts'

export const command = instanceCommand<{ readonly reason?: string }>({
  brief: 'Suspend an instance',
  about: 'Nothing new begins; results and timers are kept and applied at resume, and people see its work items but cannot decide them.',
  flags: { reason: textFlag('Why; it stands in the history') },
  send: (client, id, { reason }) => client.instances.suspend(id, { reason }),
})
