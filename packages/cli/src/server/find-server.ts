import { localProfilePath } from '@millrace/client/node'
import type { ServerFlags, Terminal } from '../cli.ts'
import { CliError, usageError } from '../cli-error.ts'
import { readPrivateJson } from './private-file.ts'
import { type Profile, readProfiles } from './profiles.ts'

/** The server a command is for. */
export interface FoundServer {
  readonly url: string
  /** Absent = not signed in; the server says so itself. */
  readonly token?: string
  /** Profile it came from; `local` is the one the server of this machine wrote. */
  readonly profile?: string
}

/** Name of the profile that the server of this machine writes. */
export const LOCAL = 'local'

/**
 * Finds the server: `--url` or MILLRACE_URL, `--profile` or MILLRACE_PROFILE, the profile of the last `millrace login`, the server of this machine.
 * The token is MILLRACE_TOKEN, or what a profile has for that address.
 *
 * @throws CliError UNAUTHENTICATED when nothing is known, USAGE for a profile that does not exist.
 */
export async function findServer({ env }: Pick<Terminal, 'env'>, flags: Pick<ServerFlags, 'url' | 'profile'>): Promise<FoundServer> {
  const { current, profiles } = await readProfiles(env)
  const local = await readLocal(env)
  const all: { readonly [name: string]: Pick<Profile, 'url' | 'token'> } = {
    ...profiles,
    ...(local === undefined ? {} : { [LOCAL]: local }),
  }
  const found = choose(all, { name: flags.profile ?? env['MILLRACE_PROFILE'], url: flags.url ?? env['MILLRACE_URL'], current })
  const token = env['MILLRACE_TOKEN']
  return token === undefined || token === '' ? found : { ...found, token }
}

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
    const [known] = Object.entries(all).filter(([, profile]) => addressOf(profile.url) === address)
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

const readLocal = async (env: Terminal['env']): Promise<Pick<Profile, 'url' | 'token'> | undefined> => {
  const file = (await readPrivateJson(localProfilePath(env))) as { readonly url?: unknown; readonly token?: unknown } | undefined
  return typeof file?.url === 'string' && typeof file.token === 'string' ? { url: file.url, token: file.token } : undefined
}
