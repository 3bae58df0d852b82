import { CliError } from '../../cli-error.ts'
import { serverCommand } from '../../define-command.ts'
import { numberFlag } from '../../input/flags.ts'

export const command = serverCommand<{ readonly version?: number }, [string]>({
  brief: 'Show a model and its text',
  about:
    'Prints the text of the draft, or of a version; of an imported or deleted draft, the newest version. With --json, everything about it.',
  flags: { version: numberFlag('Version to show (default: the draft)', { least: 1, most: 1_000_000_000 }) },
  arguments: [{ brief: 'Id of the model', placeholder: 'MODEL' }],
  run: async (cli, flags, id) => {
    const client = await cli.client()
    const model = flags.version === undefined ? await client.models.get(id) : undefined
    const version = flags.version ?? (model?.draft === undefined ? model?.latest : undefined)
    const shown = version === undefined ? undefined : await client.models.version(id, version)
    const text = shown?.source ?? model?.draft?.text
    if (!cli.isJson && text === undefined)
      throw new CliError('FORBIDDEN', `You may start ${id}, but not read its text: that is for editors and operators.`)
    cli.show(shown ?? model, () => (text ?? '').trimEnd())
  },
})
