import { serverCommand } from '../../define-command.ts'
import { switchFlag } from '../../input/flags.ts'
import { readPassword } from '../../input/password.ts'
import { type UserFlags, userBody, userFlags } from '../../user-flags.ts'

export const command = serverCommand<UserFlags & { readonly passwordStdin?: boolean }, [string]>({
  brief: 'Create a user',
  about: `Without --password-stdin the server makes a password and shows it once.

  millrace user add ana --display-name "Ana Ruiz" --role editor --group editors`,
  flags: { ...userFlags, passwordStdin: switchFlag('Read the password from standard input') },
  arguments: [{ brief: 'Name to sign in with', placeholder: 'USER' }],
  run: async (cli, flags, name) => {
    const client = await cli.client()
    const password = flags.passwordStdin === true ? await readPassword(cli) : undefined
    const answer = await client.users.create({ name, ...userBody(flags), password })
    cli.show(answer, () => `Created ${name}.${answer.password === undefined ? '' : ` Password, shown once: ${answer.password}`}`)
  },
})
