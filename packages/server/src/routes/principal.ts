import type { Principal } from '@millrace/kernel'
import { MillraceError } from '@millrace/protocol'

/** Whom a text names; a bare name is a user. @throws MillraceError BAD_REQUEST. */
export const principalOf = (to: string): Principal => {
  if (/^(user|group):./.test(to)) return to as Principal
  if (to.includes(':'))
    throw new MillraceError('BAD_REQUEST', `"${to}" names nobody: write user:NAME or group:NAME.`, { details: { pointer: '/to' } })
  return `user:${to}`
}
