import { serverCommand } from '../../define-command.ts'
import { switchFlag } from '../../input/flags.ts'
import { readPassword } from '../../input/password.ts'

export const command = serverCommand<{ readonly passwordStdin?: boolean }, [string]>({
  brief: 'Give a user a new password',
  about: 'Without --password-stdin the server makes one and shows it once. All their sessions end.',
  flags: { passwordStdin: switchFlag('Read the password from standard input') },
  arguments: [{ brief: 'Name of the user', placeholder: 'USER' }],
  run: async (cli, flags, name) => {
    const client = await cli.client()
    const password = flags.passwordStdin === true ? await readPassword(cli) : undefined
    const answer = await client.users.setPassword(name, { password })
    cli.show(answer, () => `${name} has a new password${answer.password === undefined ? '.' : `, shown once: ${answer.password}`}`)
  },
})
