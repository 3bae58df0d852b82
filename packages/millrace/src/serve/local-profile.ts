import { createHash } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type LocalProfile, localProfilePath, readLocalProfile, readLocalProfiles } from '@millrace/client/node'
import type { Host } from '@millrace/protocol'
import { createApiToken } from '@millrace/server'

/** Name of the token in the list of tokens. */
const TOKEN_NAME = 'This machine'

export interface WrittenProfile {
  readonly path: string
  /** Addresses of other servers of this user that run on this machine. */
  readonly others: readonly string[]
  /** Revokes the token and removes the file, unless another server has the address by now. */
  remove(): Promise<void>
}

/**
 * Signs in whoever runs the server on this machine: a token in a file that only this user can read (mode 600), one per address. A token that a killed server
 * left there and that still works is kept.
 */
export const writeLocalProfile = async (
  host: Host,
  options: { readonly url: string; readonly user: string; readonly nowMs: number },
): Promise<WrittenProfile> => {
  const { url, user, nowMs } = options
  const path = localProfilePath(url)
  const others = (await readLocalProfiles()).filter((profile) => profile.isAlive && profile.url !== url)
  const { id, secret } = (await keptToken(host, options)) ?? (await newToken(host, { user, nowMs }))
  const profile: LocalProfile = { url, token: secret, pid: process.pid, startedAtMs: nowMs }
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const part = `${path}.${process.pid}.part`
  await writeFile(part, `${JSON.stringify(profile, null, 2)}\n`, { mode: 0o600 })
  await rename(part, path)
  return {
    path,
    others: others.map((other) => other.url),
    remove: async () => {
      await host.store.people.deleteToken(id, user)
      if ((await readLocalProfile(url))?.token === secret) await rm(path, { force: true })
    },
  }
}

interface MachineToken {
  readonly id: string
  readonly secret: string
}

const keptToken = async (host: Host, { url, user }: { readonly url: string; readonly user: string }): Promise<MachineToken | undefined> => {
  const secret = (await readLocalProfile(url))?.token
  if (secret === undefined) return undefined
  const row = await host.store.people.tokenByHash(createHash('sha256').update(secret).digest('hex'))
  return row?.user === user ? { id: row.id, secret } : undefined
}

const newToken = async (host: Host, { user, nowMs }: { readonly user: string; readonly nowMs: number }): Promise<MachineToken> => {
  const { token, secret } = await createApiToken(host.store, { user, name: TOKEN_NAME, nowMs })
  return { id: token.id, secret }
}
