import { createClient } from '@millrace/client'
import { CliError } from '../cli-error.ts'
import { localCommand } from '../define-command.ts'
import { textFlag } from '../input/flags.ts'
import { deleteProfile, readProfiles } from '../server/profiles.ts'

export const command = localCommand<{ readonly profile?: string }>({
  brief: 'Sign out and forget the token',
  about: 'Revokes the token on the server too, where it can be reached.',
  flags: { profile: textFlag('Profile to sign out of (default: the current one)', 'PROFILE') },
  run: async (cli, flags) => {
    const { env } = cli.terminal
    const { current, profiles } = await readProfiles(env)
    const name = flags.profile ?? current
    const profile = name === undefined ? undefined : profiles[name]
    if (name === undefined || profile === undefined) {
      throw new CliError(
        'NOT_FOUND',
        `There is no profile${name === undefined ? '' : ` "${name}"`} to sign out of. There is ${Object.keys(profiles).join(', ') || 'none'}.`,
      )
    }
    const isRevoked = await revoke(profile)
    await deleteProfile(env, name)
    const rest = isRevoked || profile.tokenId === undefined ? '' : ' The server could not be told: revoke the token there.'
    cli.show({ profile: name, revoked: isRevoked }, () => `Signed out of ${profile.url}.${rest}`)
  },
})

const revoke = async ({
  url,
  token,
  tokenId,
}: {
  readonly url: string
  readonly token: string
  readonly tokenId?: string
}): Promise<boolean> => {
  if (tokenId === undefined) return false
  try {
    await createClient({ baseUrl: url, token, attempts: 1 }).tokens.delete(tokenId)
    return true
  } catch {
    // Signing out must work when the server is gone.
    return false
  }
}
