import type { Actor } from '@millrace/kernel'
import type { Reader, Role, UserRow } from '@millrace/protocol'
import { isOperator } from './policy.ts'

/** What proved who somebody is. */
export type Credential =
  | { readonly kind: 'session'; readonly hash: string; readonly csrf: string; readonly expiresAtMs: number }
  | { readonly kind: 'token'; readonly id: string; readonly hash: string; readonly expiresAtMs?: number }

/** Who calls, with whose rights. */
export interface Caller {
  /** Whose rights count: the person signed in, or the one an administrator acts for. */
  readonly user: string
  readonly displayName: string
  readonly email?: string
  readonly roles: readonly Role[]
  readonly groups: readonly string[]
  /** Trims lists and counts. */
  readonly reader: Reader
  /** Goes into commands and the history. */
  readonly actor: Actor
  readonly credential: Credential
  /** The administrator behind `X-Millrace-As`. */
  readonly actingAdministrator?: string
}

export const callerOf = (person: UserRow, credential: Credential, actingAdministrator?: string): Caller => {
  const seesAll = isOperator(person.roles)
  return {
    user: person.name,
    displayName: person.displayName,
    ...(person.email === undefined ? {} : { email: person.email }),
    roles: person.roles,
    groups: person.groups,
    reader: { user: person.name, groups: person.groups, seesAll },
    actor: {
      user: actingAdministrator ?? person.name,
      groups: person.groups,
      isOperator: seesAll,
      ...(actingAdministrator === undefined ? {} : { onBehalfOf: person.name }),
    },
    credential,
    ...(actingAdministrator === undefined ? {} : { actingAdministrator }),
  }
}
