import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { localProfilePath } from '@millrace/client/node'
import type { Host } from '@millrace/protocol'
import { createApiToken } from '@millrace/server'

/** Name of the token in the list of tokens. */
const TOKEN_NAME = 'This machine'

/**
 * Signs in whoever runs the server on this machine: a token in a file that only this user can read (mode 600). One that still works is kept.
 *
 * @returns the file's path.
 */
export const writeLocalProfile = async (
  host: Host,
  options: { readonly url: string; readonly user: string; readonly nowMs: number },
): Promise<string> => {
  const path = localProfilePath()
  const kept = await readFile(path, 'utf8').then(parse, () => undefined)
  const token =
    kept !== undefined && (await works(host, kept, options.user))
      ? kept
      : (await createApiToken(host.store, { user: options.user, name: TOKEN_NAME, nowMs: options.nowMs })).secret
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await writeFile(`${path}.part`, `${JSON.stringify({ url: options.url, token }, null, 2)}\n`, { mode: 0o600 })
  await rename(`${path}.part`, path)
  return path
}

const parse = (text: string): string | undefined => {
  try {
    const { token } = JSON.parse(text) as { readonly token?: unknown }
    return typeof token === 'string' ? token : undefined
  } catch {
    return undefined
  }
}

const works = async (host: Host, token: string, user: string): Promise<boolean> =>
  (await host.store.people.tokenByHash(createHash('sha256').update(token).digest('hex')))?.user === user
