import { MillraceError, type Store, type User, type UserRow } from '@millrace/protocol'
import { hasAdministrator } from '../access/administrator.ts'
import { newPassword } from '../access/password.ts'
import type { ServerContext } from '../context.ts'
import type { HandlersOf } from '../http/handler.ts'
import { paginate } from '../http/paginate.ts'

export const userHandlers = ({ access, now, store, workspace }: ServerContext): HandlersOf<'users'> => ({
  list: async ({ query }) => {
    const users = await store.people.users()
    const wanted = query.search?.toLowerCase() ?? ''
    const found = users.filter((user) => `${user.name} ${user.displayName} ${user.email ?? ''}`.toLowerCase().includes(wanted))
    return paginate(found, (user) => user.name, { ...query, asOf: await store.queries.position() })
  },
  create: async ({ body, caller }) => {
    if ((await store.people.user(body.name)) !== undefined) {
      throw new MillraceError('EXISTS', `There is a user ${body.name} already. Change them with PATCH /api/v1/users/${body.name}.`)
    }
    await requireGroups(store, body.groups ?? [])
    const password = body.password ?? newPassword()
    const roles = body.roles ?? ['member']
    const row: UserRow = {
      name: body.name,
      displayName: body.displayName ?? body.name,
      ...(body.email === undefined ? {} : { email: body.email }),
      roles,
      groups: body.groups ?? [],
      isActive: true,
      createdAtMs: now(),
      passwordHash: await access.hashPassword(password),
    }
    await store.people.saveUser(row, caller.actor.user)
    await store.people.setRoles(workspace, body.name, roles, caller.actor.user)
    await changeGroups(store, { user: body.name, groups: row.groups, by: caller.actor.user })
    access.forget()
    return { user: publicPart(await requireUser(store, body.name)), ...(body.password === undefined ? { password } : {}) }
  },
  get: async ({ params }) => publicPart(await requireUser(store, params.name)),
  change: async ({ body, caller, params }) => {
    const user = await requireUser(store, params.name)
    const losesAdministrator = body.isActive === false || (body.roles !== undefined && !body.roles.includes('administrator'))
    if (losesAdministrator && user.roles.includes('administrator') && !(await hasAdministrator(store, user.name))) {
      throw new MillraceError('LAST_ADMINISTRATOR', `${user.name} is the only active administrator. Make somebody else one first.`)
    }
    await requireGroups(store, body.groups ?? [])
    const { email: _email, ...withoutEmail } = user
    const email = body.email === undefined ? user.email : (body.email ?? undefined)
    const changed: UserRow = {
      ...withoutEmail,
      ...(email === undefined ? {} : { email }),
      displayName: body.displayName ?? user.displayName,
      roles: body.roles ?? user.roles,
      groups: body.groups ?? user.groups,
      isActive: body.isActive ?? user.isActive,
    }
    await store.people.saveUser(changed, caller.actor.user)
    if (body.roles !== undefined) await store.people.setRoles(workspace, user.name, body.roles, caller.actor.user)
    if (body.groups !== undefined) await changeGroups(store, { user: user.name, groups: body.groups, by: caller.actor.user })
    if (!changed.isActive) await store.people.deleteSessionsOf(user.name)
    access.forget()
    return publicPart(await requireUser(store, user.name))
  },
  setPassword: async ({ body, caller, params }) => {
    const user = await requireUser(store, params.name)
    const password = body.password ?? newPassword()
    await access.setPassword(user, password, caller.actor.user)
    return { user: publicPart(user), ...(body.password === undefined ? { password } : {}) }
  },
})

const requireUser = async (store: Store, name: string): Promise<UserRow> => {
  const user = await store.people.user(name)
  if (user === undefined) throw new MillraceError('NOT_FOUND', `There is no user ${name}. GET /api/v1/users lists them.`)
  return user
}

/** The hash of a password goes nowhere. */
const publicPart = ({ passwordHash: _hash, ...user }: UserRow): User => user

const requireGroups = async (store: Store, groups: readonly string[]): Promise<void> => {
  const known = new Set((await store.people.groups()).map((group) => group.name))
  const missing = groups.find((group) => !known.has(group))
  if (missing !== undefined)
    throw new MillraceError('NOT_FOUND', `There is no group ${missing}. Create it with PUT /api/v1/groups/${missing}.`)
}

/** Membership is kept with the groups. */
const changeGroups = async (
  store: Store,
  { user, groups, by }: { readonly user: string; readonly groups: readonly string[]; readonly by: string },
): Promise<void> => {
  for (const group of await store.people.groups()) {
    const isMember = group.members.includes(user)
    const shallBe = groups.includes(group.name)
    if (isMember === shallBe) continue
    const members = shallBe ? [...group.members, user] : group.members.filter((member) => member !== user)
    await store.people.saveGroup({ ...group, members }, by)
  }
}
