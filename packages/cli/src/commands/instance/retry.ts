import { numberFlag, textsFlag } from '../../input/flags.ts'
import { valuesOf } from '../../input/values.ts'
import { instanceCommand } from '../../instance-command.ts'
import { failedStep } from '../../server/failed-step.ts'

interface Flags {
  readonly step?: number
  readonly data?: readonly string[]
}

export const command = instanceCommand<Flags>({
  brief: 'Try a failed step again now',
  about: 'Without --step: the one that has an incident, or waits for its next try. Change what made it fail with --data.',
  flags: {
    step: numberFlag('Number of the step ("millrace instance show" lists them)', { least: 1, most: 1_000_000_000 }),
    data: textsFlag('Data to change before: name=value (repeat it)', 'NAME=VALUE'),
  },
  send: async (client, id, { step, data }) =>
    client.instances.retry(id, {
      step: step ?? (await failedStep(client, id)),
      data: data === undefined ? undefined : valuesOf(data),
    }),
})
