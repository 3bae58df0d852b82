import { switchFlag, textFlag, textsFlag } from '../../input/flags.ts'
import { valuesOf } from '../../input/values.ts'
import { instanceCommand } from '../../instance-command.ts'

interface Flags {
  readonly from?: string
  readonly data?: readonly string[]
  readonly force?: boolean
  readonly noQueue?: boolean
}

export const command = instanceCommand<Flags>({
  brief: 'Begin the next run, from the start or a step',
  about: 'From the start, --data replaces what it had; from a node, it is merged over it. Earlier runs stay in the history.',
  flags: {
    from: textFlag('Node to begin at (default: the start)', 'NODE'),
    data: textsFlag('Data: name=value (repeat it), or a JSON object', 'NAME=VALUE'),
    force: switchFlag('Skip the lock of the deployment; never the system lock'),
    noQueue: switchFlag('Fail instead of waiting in line'),
  },
  send: (client, id, { from, data, force, noQueue }) =>
    client.instances.restart(id, {
      from,
      data: data === undefined ? undefined : valuesOf(data),
      force,
      queue: noQueue === true ? false : undefined,
    }),
})
