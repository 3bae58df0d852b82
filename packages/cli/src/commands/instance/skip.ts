import { CliError } from '../../cli-error.ts'
import { numberFlag, textFlag } from '../../input/flags.ts'
import { jsonOrText } from '../../input/values.ts'
import { instanceCommand } from '../../instance-command.ts'
import { failedStep } from '../../server/failed-step.ts'

interface Flags {
  readonly step?: number
  readonly route?: string
  readonly output?: string
}

export const command = instanceCommand<Flags>({
  brief: 'Complete a step without its work',
  about: 'Without --step: the one that has an incident. Its transition is taken as if it had done its work, with the output you give.',
  flags: {
    step: numberFlag('Number of the step ("millrace instance show" lists them)', { least: 1, most: 1_000_000_000 }),
    route: textFlag('Route to take where there are several', 'ROUTE'),
    output: textFlag('Output in its place: JSON', 'JSON'),
  },
  send: async (client, id, { step, route, output }) => {
    const chosen = step ?? (await failedStep(client, id))
    if (chosen === undefined) throw new CliError('STEP_CLOSED', 'The instance has no failed step. Name one with --step.')
    return client.instances.skip(id, { step: chosen, route, output: output === undefined ? undefined : jsonOrText(output) })
  },
})
