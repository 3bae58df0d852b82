/** Profiles of the servers on this machine: each writes one at start, in a file by its address, and takes it away when it stops. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { configFolder } from './config-folder.ts'

type Environment = { readonly [name: string]: string | undefined }

export interface LocalProfile {
  readonly url: string
  readonly token: string
  /** Process of the server, and when it began to serve. */
  readonly pid: number
  readonly startedAtMs: number
}

const folderOf = (env?: Environment): string => join(configFolder(env), 'local')

/** File of the profile that the server at `url` writes, readable only by its user. */
export const localProfilePath = (url: string, env?: Environment): string =>
  join(folderOf(env), `${new URL(url).host.replace(/[^a-z0-9.]+/gi, '_')}.json`)

/** The profile of one address, whether its server runs or not. */
export const readLocalProfile = async (url: string, env?: Environment): Promise<LocalProfile | undefined> =>
  readProfile(localProfilePath(url, env))

/**
 * Every profile on this machine: first those whose process lives, and of those the one that was started last. A server that was killed leaves its own behind.
 *
 * @example const [last] = await readLocalProfiles()
 */
export const readLocalProfiles = async (env?: Environment): Promise<readonly (LocalProfile & { readonly isAlive: boolean })[]> => {
  const names = await readdir(folderOf(env)).catch(() => [])
  const read = await Promise.all(names.filter((name) => name.endsWith('.json')).map((name) => readProfile(join(folderOf(env), name))))
  return read
    .filter((profile) => profile !== undefined)
    .map((profile) => ({ ...profile, isAlive: isAlive(profile.pid) }))
    .sort((a, b) => Number(b.isAlive) - Number(a.isAlive) || b.startedAtMs - a.startedAtMs)
}

const readProfile = async (path: string): Promise<LocalProfile | undefined> => {
  try {
    const { url, token, pid, startedAtMs } = JSON.parse(await readFile(path, 'utf8')) as Partial<LocalProfile>
    if (typeof url !== 'string' || typeof token !== 'string') return undefined
    return { url, token, pid: pid ?? 0, startedAtMs: startedAtMs ?? 0 }
  } catch {
    return undefined
  }
}

const isAlive = (pid: number): boolean => {
  if (pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
