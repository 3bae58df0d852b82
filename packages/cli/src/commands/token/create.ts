import { serverCommand } from '../../define-command.ts'
import { numberFlag, textFlag } from '../../input/flags.ts'

export const command = serverCommand<{ readonly user?: string; readonly days?: number }, [string]>({
  brief: 'Make an API token',
  about:
    'Prints the secret, which is shown this once, alone on its line. Programs send it as "Authorization: Bearer …", or set MILLRACE_TOKEN.',
  flags: {
    user: textFlag('For this user (administrators)', 'USER'),
    days: numberFlag('Expires after so many days (default: never)', { least: 1, most: 3650 }),
  },
  arguments: [{ brief: 'What it is for', placeholder: 'NAME' }],
  run: async (cli, { user, days }, name) => {
    const client = await cli.client()
    const answer = await client.tokens.create({ name, user, expiresInDays: days })
    cli.show(answer, () => answer.secret)
  },
})
