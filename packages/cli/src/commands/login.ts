import { hostname } from 'node:os'
import { createClient } from '@millrace/client'
import type { Cli } from '../cli.ts'
import { CliError, usageError } from '../cli-error.ts'
import { localCommand } from '../define-command.ts'
import { switchFlag, textFlag } from '../input/flags.ts'
import { readPassword } from '../input/password.ts'
import { cookieFetch } from '../server/cookie-fetch.ts'
import { addressOf } from '../server/find-server.ts'
import { profileNameOf, saveProfile } from '../server/profiles.ts'

interface Flags {
  readonly user?: string
  readonly passwordStdin?: boolean
  readonly token?: string
  readonly tokenStdin?: boolean
  readonly profile?: string
}

export const command = localCommand<Flags, [string]>({
  brief: 'Sign in to a server',
  about: `Asks for user and password, makes an API token for this machine and keeps it in a file that only you can read. The password is not kept.

  millrace login https://millrace.example.org
  echo "$PASSWORD" | millrace login https://millrace.example.org --user ana --password-stdin`,
  flags: {
    user: textFlag('User to sign in as', 'USER'),
    passwordStdin: switchFlag('Read the password from standard input'),
    token: textFlag('Use this API token instead of a password', 'SECRET'),
    tokenStdin: switchFlag('Read the API token from standard input'),
    profile: textFlag('Name to keep it under (default: host and port of the address)', 'NAME'),
  },
  aliases: { u: 'user' },
  arguments: [{ brief: 'Address of the server', placeholder: 'URL' }],
  run: async (cli, flags, given) => {
    const url = addressOf(given)
    const signedIn = (await tokenOf(cli, flags)) ?? (await makeToken(url, await credentials(cli, flags)))
    const me = await createClient({ baseUrl: url, token: signedIn.token, attempts: 1 }).me.get()
    const name = flags.profile ?? profileNameOf(url)
    await saveProfile(cli.terminal.env, name, { url, user: me.user, ...signedIn })
    cli.show({ url, user: me.user, profile: name }, () => `Signed in to ${url} as ${me.user} (profile ${name}).`)
  },
})

const tokenOf = async (cli: Cli, flags: Flags): Promise<{ readonly token: string } | undefined> => {
  if (flags.tokenStdin === true) return { token: await readPassword(cli) }
  return flags.token === undefined ? undefined : { token: flags.token }
}

interface Credentials {
  readonly user: string
  readonly password: string
}

const credentials = async (cli: Cli, flags: Flags): Promise<Credentials> => {
  if (flags.passwordStdin === true) {
    if (flags.user === undefined) throw usageError('--password-stdin needs --user.')
    return { user: flags.user, password: await readPassword(cli) }
  }
  if (!cli.terminal.isInteractive) throw usageError('Nobody can be asked here. Give --user with --password-stdin, or --token.')
  const { isCancel, password, text } = await import('@clack/prompts')
  const user = flags.user ?? (await text({ message: 'User', validate: (value) => (value === '' ? 'Who are you?' : undefined) }))
  const secret = isCancel(user) ? user : await password({ message: 'Password' })
  if (isCancel(user) || isCancel(secret)) throw new CliError('CANCELLED', 'Not signed in.')
  return { user, password: secret }
}

/** Trades the password for a token of this machine: tokens can be listed and revoked one by one, and the password is nowhere on disk. */
const makeToken = async (url: string, { user, password }: Credentials): Promise<{ readonly token: string; readonly tokenId: string }> => {
  const client = createClient({ baseUrl: url, fetch: cookieFetch(), attempts: 1 })
  await client.session.signIn({ user, password })
  try {
    const { token, secret } = await client.tokens.create({ name: `millrace on ${hostname()}` })
    return { token: secret, tokenId: token.id }
  } finally {
    await client.session.signOut().catch(() => undefined)
  }
}
