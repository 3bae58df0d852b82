import type { Payload } from '@millrace/protocol'
import { jsonOrText } from './values.ts'

/**
 * A payload as it is typed: a path (`/content/home`), a UUID, an address (`https://…`), or inline JSON (`{ … }`, `[ … ]`).
 *
 * @example payloadOf('/content/home') // { kind: 'path', ref: '/content/home' }
 */
export function payloadOf(given: string): Payload {
  if (/^\s*[[{]/.test(given)) return { kind: 'json', json: jsonOrText(given) }
  if (/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(given)) return { kind: 'uuid', ref: given }
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(given)) return { kind: 'url', ref: given }
  return { kind: 'path', ref: given }
}

/** A payload in a table. */
export const payloadText = (payload: Payload): string =>
  payload.kind === 'none' ? '' : payload.kind === 'json' ? JSON.stringify(payload.json) : payload.ref
