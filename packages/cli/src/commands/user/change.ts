import { usageError } from '../../cli-error.ts'
import { serverCommand } from '../../define-command.ts'
import { switchFlag } from '../../input/flags.ts'
import { type UserFlags, userBody, userFlags } from '../../user-flags.ts'

export const command = serverCommand<UserFlags & { readonly deactivate?: boolean; readonly activate?: boolean }, [string]>({
  brief: 'Change the name, roles or groups of a user',
  about: '--role and --group replace all of theirs. --deactivate ends their sessions and stops their tokens at once.',
  flags: { ...userFlags, deactivate: switchFlag('May no longer sign in'), activate: switchFlag('May sign in again') },
  arguments: [{ brief: 'Name of the user', placeholder: 'USER' }],
  run: async (cli, flags, name) => {
    const { activate, deactivate } = flags
    if (activate === true && deactivate === true) throw usageError('Give --activate or --deactivate, not both.')
    const client = await cli.client()
    const isActive = deactivate === true ? false : activate === true ? true : undefined
    const user = await client.users.change(name, { ...userBody(flags), isActive })
    cli.show(user, () => `Changed ${user.name}: ${user.roles.join(', ')}${user.isActive ? '' : ', not active'}.`)
  },
})
