import { isIP } from 'node:net'
import { MillraceError, type Store, type User } from '@millrace/protocol'
import { hashPassword, newPassword, PASSWORD_COST, type PasswordCost } from './password.ts'

const isActiveAdministrator = (user: User): boolean => user.isActive && user.roles.includes('administrator')

/** @returns whether somebody can administer this server, `but` not counted. */
export const hasAdministrator = async (store: Store, but?: string): Promise<boolean> =>
  (await store.people.users()).some((user) => isActiveAdministrator(user) && user.name !== but)

/**
 * First start: makes the user `admin` when nobody can administer the server.
 *
 * @returns the name and the password, to be shown once; undefined when there is an administrator already.
 */
export const ensureAdministrator = async (
  store: Store,
  options: { readonly nowMs: number; readonly workspace?: string; readonly cost?: PasswordCost },
): Promise<{ readonly user: string; readonly password: string } | undefined> => {
  if (await hasAdministrator(store)) return undefined
  const password = newPassword()
  const passwordHash = await hashPassword(password, options.cost ?? PASSWORD_COST)
  const existing = await store.people.user('admin')
  const user = existing ?? {
    name: 'admin',
    displayName: 'Administrator',
    roles: [],
    groups: [],
    isActive: true,
    createdAtMs: options.nowMs,
  }
  await store.people.saveUser({ ...user, roles: ['administrator'], isActive: true, passwordHash }, 'system')
  await store.people.setRoles(options.workspace ?? 'default', 'admin', ['administrator'], 'system')
  return { user: 'admin', password }
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))

/** @throws MillraceError NO_ADMINISTRATOR when others could reach the server and nobody guards it. */
export const refuseOpenDoor = async (store: Store, host: string): Promise<void> => {
  if (isLoopback(host) || (await hasAdministrator(store))) return
  throw new MillraceError(
    'NO_ADMINISTRATOR',
    `Cannot listen on ${host}: other machines could reach the server and it has no administrator. Start it once on 127.0.0.1, which makes one.`,
  )
}
