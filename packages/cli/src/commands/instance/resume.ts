import { switchFlag } from '../../input/flags.ts'
import { instanceCommand } from '../../instance-command.ts'

export const command = instanceCommand<{ readonly force?: boolean; readonly noQueue?: boolean }>({
  brief: 'Resume an instance',
  about:
    'A suspended instance goes on. One that failed or was aborted begins its next run where it stopped, and waits in line where a lock is held.',
  flags: {
    force: switchFlag('Skip the lock of the deployment; never the system lock'),
    noQueue: switchFlag('Fail instead of waiting in line'),
  },
  send: (client, id, { force, noQueue }) => client.instances.resume(id, { force, queue: noQueue === true ? false : undefined }),
})
