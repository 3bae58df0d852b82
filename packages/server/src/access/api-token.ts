import { randomUUID } from 'node:crypto'
import type { Store, Token } from '@millrace/protocol'
import { hashSecret, newSecret } from './secret.ts'

/** Secrets of tokens begin like this, so that people and secret scanners recognise one. */
const PREFIX = 'mr_'

/**
 * Makes an API token. The secret exists in the answer only; stored is its hash.
 *
 * @example const { secret } = await createApiToken(store, { user: 'admin', name: 'this machine', nowMs: Date.now() })
 */
export const createApiToken = async (
  store: Store,
  options: { readonly user: string; readonly name: string; readonly nowMs: number; readonly expiresAtMs?: number },
): Promise<{ readonly token: Token; readonly secret: string }> => {
  const secret = PREFIX + newSecret()
  const token: Token = {
    id: randomUUID(),
    user: options.user,
    name: options.name,
    createdAtMs: options.nowMs,
    ...(options.expiresAtMs === undefined ? {} : { expiresAtMs: options.expiresAtMs }),
  }
  await store.people.saveToken({ ...token, hash: hashSecret(secret) })
  return { token, secret }
}
