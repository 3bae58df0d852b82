import type { Role } from '@millrace/protocol'
import type { FlagDefinition } from './define-command.ts'
import { textFlag, textsFlag } from './input/flags.ts'

export interface UserFlags {
  readonly displayName?: string
  readonly email?: string
  readonly role?: readonly Role[]
  readonly group?: readonly string[]
}

const ROLES: readonly Role[] = ['administrator', 'editor', 'operator', 'member']

export const userFlags: { readonly [Name in keyof UserFlags]-?: FlagDefinition } = {
  displayName: textFlag('Name as people read it', 'NAME'),
  email: textFlag('Mail address', 'MAIL'),
  role: { kind: 'enum', values: ROLES, brief: 'Role (repeat it; default member)', optional: true, variadic: true },
  group: textsFlag('Group to be a member of (repeat it)', 'GROUP'),
}

/** The flags as the API takes them. */
export const userBody = ({ displayName, email, role, group }: UserFlags) => ({
  displayName,
  email,
  roles: role === undefined ? undefined : [...role],
  groups: group === undefined ? undefined : [...group],
})
