import type { Access, Role } from '@millrace/protocol'

/**
 * Who may call what: the whole table. A route names its access in the route table (package protocol); what is not granted here is refused.
 * What a person sees of the rows behind a route is decided by `visibility.ts` and by the reader given to the store.
 */
const ROLES_THAT_MAY: { readonly [A in Exclude<Access, 'public'>]: readonly Role[] } = {
  member: ['member', 'editor', 'operator', 'administrator'],
  editor: ['editor', 'administrator'],
  operator: ['operator', 'administrator'],
  staff: ['editor', 'operator', 'administrator'],
  administrator: ['administrator'],
}

/** May somebody with these roles call a route of this access? Somebody without any role may call public routes only. */
export const mayCall = (access: Access, roles: readonly Role[]): boolean =>
  access === 'public' || ROLES_THAT_MAY[access].some((role) => roles.includes(role))

/** Sees every instance and work item, and may act on them. */
export const isOperator = (roles: readonly Role[]): boolean => mayCall('operator', roles)

/** Roles that would be enough, in words: `editor or administrator`. */
export const rolesFor = (access: Exclude<Access, 'public'>): string => ROLES_THAT_MAY[access].join(' or ')
