import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { MillraceError, type Store } from '@millrace/protocol'

/** Signs callback addresses; made once and kept with the data. */
export const hostSecret = async (store: Store): Promise<Buffer> => {
  const kept = await store.maintenance.setting('secret')
  if (typeof kept === 'string') return Buffer.from(kept, 'base64url')
  const secret = randomBytes(32)
  await store.maintenance.saveSetting('secret', secret.toString('base64url'))
  return secret
}

/** Address part for a step's callback: who knows it may answer the step once, and nothing else. */
export const callbackToken = (secret: Buffer, instance: string, step: number): string =>
  `${instance}.${step}.${createHmac('sha256', secret).update(`${instance}.${step}`).digest('base64url').slice(0, 22)}`

/** What a callback address names. @throws MillraceError NOT_FOUND for one that this host did not sign. */
export const readCallbackToken = (secret: Buffer, token: string): { readonly instance: string; readonly step: number } => {
  const [instance = '', step = ''] = token.split('.')
  const expected = Buffer.from(callbackToken(secret, instance, Number(step)))
  const given = Buffer.from(token)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new MillraceError('NOT_FOUND', 'There is no step under this callback address. Use the address exactly as the task was given it.')
  }
  return { instance, step: Number(step) }
}
