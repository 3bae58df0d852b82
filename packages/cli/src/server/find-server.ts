import { readLocalProfiles } from '@millrace/client/node'
import type { ServerFlags, Terminal } from '../cli.ts'
import { CliError, usageError } from '../cli-error.ts'
import { type Profile, profileNameOf, readProfiles } from './profiles.ts'

/** The server a command is for. */
export interface FoundServer {
  readonly url: string
  /** Absent = not signed in; the server says so itself. */
  readonly token?: string
  /** Profile it came from; `local` is the server of this machine that was started last, the others are named by host and port. */
  readonly profile?: string
}

/** Name of the profile of the server of this machine that was started last. */
const LOCAL = 'local'

/**
 * Finds the server: `--url` or MILLRACE_URL, `--profile` or MILLRACE_PROFILE, the profile of the last `millrace login`, the server of this machine
 * that was started last.
 * The token is MILLRACE_TOKEN, or what a profile has for that address.
 *
 * @throws CliError UNAUTHENTICATED when nothing is known, USAGE for a profile that does not exist.
 */
export async function findServer({ env }: Pick<Terminal, 'env'>, flags: Pick<ServerFlags, 'url' | 'profile'>): Promise<FoundServer> {
  const { current, profiles } = await readProfiles(env)
  const all = { ...(await localServers(env)), ...profiles }
  const found = choose(all, {
    name: flags.profile ?? given(env['MILLRACE_PROFILE']),
    url: flags.url ?? given(env['MILLRACE_URL']),
    current,
  })
  const token = given(env['MILLRACE_TOKEN'])
  return token === undefined ? found : { ...found, token }
}

/** A variable that is set to nothing is one that was taken away. */
const given = (value: string | undefined): string | undefined => (value === '' ? undefined : value)

const choose = (
  all: { readonly [name: string]: Pick<Profile, 'url' | 'token'> },
  { name, url, current }: { readonly name: string | undefined; readonly url: string | undefined; readonly current: string | undefined },
): FoundServer => {
  if (name !== undefined) {
    const profile = all[name]
    if (profile !== undefined) return { ...profile, ...(url === undefined ? {} : { url: addressOf(url) }), profile: name }
    throw usageError(`There is no profile "${name}". There is ${Object.keys(all).join(', ') || 'none: run "millrace login URL"'}.`)
  }
  if (url !== undefined) {
    const address = addressOf(url)
    // From the last to the first: what somebody signed in to comes before what the machine signed itself in to.
    const known = Object.entries(all).findLast(([, profile]) => addressOf(profile.url) === address)
    return known === undefined ? { url: address } : { ...known[1], url: address, profile: known[0] }
  }
  const chosen = current !== undefined && all[current] !== undefined ? current : LOCAL
  const profile = all[chosen]
  if (profile !== undefined) return { ...profile, profile: chosen }
  throw new CliError('UNAUTHENTICATED', 'No server is known here. Start one with "millrace start", or sign in to one.')
}

/** Origin of an address, so that `http://host:7400/` and `http://host:7400` are one. @throws CliError USAGE. */
export const addressOf = (given: string): string => {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `http://${given}`)
  if (url === null || !/^https?:$/.test(url.protocol)) throw usageError(`"${given}" is no address. Write http://127.0.0.1:7400.`)
  return url.origin
}

/** Each under its host and port, and the newest as `local`, last. */
const localServers = async (env: Terminal['env']): Promise<{ readonly [name: string]: Pick<Profile, 'url' | 'token'> }> => {
  const servers = (await readLocalProfiles(env)).map(({ url, token }) => ({ url, token }))
  const [last] = servers
  return {
    ...Object.fromEntries(servers.map((server) => [profileNameOf(server.url), server])),
    ...(last === undefined ? {} : { [LOCAL]: last }),
  }
}
