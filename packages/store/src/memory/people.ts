import {
  type Group,
  MillraceError,
  type PeopleStore,
  type Role,
  type Token,
  type TokenRow,
  type User,
  type UserRow,
} from '@millrace/protocol'
import { compareText } from './definitions.ts'
import { keyOf, publishChange, type Tables } from './tables.ts'

export const memoryPeople = (tables: Tables): PeopleStore => {
  const rolesOf = (workspace: string, user: string): Role[] => [...(tables.roles.get(keyOf(workspace, user)) ?? [])]
  const groupsOf = (user: string) =>
    [...tables.groups.values()]
      .filter((group) => group.members.includes(user))
      .map((group) => group.name)
      .sort(compareText)
  const full = (row: Omit<UserRow, 'roles' | 'groups'>, workspace: string): UserRow => ({
    ...row,
    roles: rolesOf(workspace, row.name),
    groups: groupsOf(row.name),
  })
  const setMemberships = (user: string, groups: readonly string[]) => {
    for (const name of groups) if (!tables.groups.has(name)) throw unknown('group', name)
    for (const [name, group] of tables.groups) {
      const members = group.members.filter((member) => member !== user)
      tables.groups.set(name, { ...group, members: groups.includes(name) ? [...members, user].sort(compareText) : members })
    }
  }
  return {
    users: async (workspace = 'default') =>
      [...tables.users.values()]
        .sort((a, b) => compareText(a.name, b.name))
        .map((row): User => {
          const { passwordHash: _, ...user } = full(row, workspace)
          return user
        }),
    user: async (name, workspace = 'default') => {
      const row = tables.users.get(name)
      return row === undefined ? undefined : full(row, workspace)
    },
    saveUser: async ({ roles, groups, ...row }) => {
      setMemberships(row.name, groups)
      tables.users.set(row.name, row)
      tables.roles.set(keyOf('default', row.name), roles)
      publishChange(tables, { noun: 'user', id: row.name, changed: ['user'] })
    },
    setRoles: async (workspace, user, roles) => {
      if (!tables.users.has(user)) throw unknown('user', user)
      tables.roles.set(keyOf(workspace, user), roles)
      publishChange(tables, { noun: 'user', id: user, workspace, changed: ['roles'] })
    },
    groups: async () => [...tables.groups.values()].sort((a, b) => compareText(a.name, b.name)),
    saveGroup: async (group: Group) => {
      for (const member of group.members) if (!tables.users.has(member)) throw unknown('user', member)
      tables.groups.set(group.name, { ...group, members: [...new Set(group.members)].sort(compareText) })
      publishChange(tables, { noun: 'group', id: group.name, changed: ['group'] })
    },
    deleteGroup: async (name) => {
      if (tables.groups.delete(name)) publishChange(tables, { noun: 'group', id: name, changed: ['group'] })
    },
    session: async (hash) => tables.sessions.get(hash),
    saveSession: async (row) => void tables.sessions.set(row.hash, row),
    deleteSession: async (hash) => void tables.sessions.delete(hash),
    deleteSessionsOf: async (user) => {
      for (const [hash, session] of tables.sessions) if (session.user === user) tables.sessions.delete(hash)
    },
    tokenByHash: async (hash) => [...tables.tokens.values()].find((token) => token.hash === hash),
    tokens: async (user) =>
      [...tables.tokens.values()]
        .filter((token) => user === undefined || token.user === user)
        .sort((a, b) => a.createdAtMs - b.createdAtMs || compareText(a.id, b.id))
        .map(withoutHash),
    saveToken: async (row) => {
      tables.tokens.set(row.id, row)
      publishChange(tables, { noun: 'token', id: row.id, changed: ['token'] })
    },
    touchToken: async (id, atMs) => {
      const token = tables.tokens.get(id)
      if (token !== undefined) tables.tokens.set(id, { ...token, lastUsedAtMs: atMs })
    },
    deleteToken: async (id) => {
      if (tables.tokens.delete(id)) publishChange(tables, { noun: 'token', id, changed: ['token'] })
    },
    markSeen: async (user, instance, step) => {
      if (tables.instances.get(instance)?.items.get(step)?.row.status !== 'open') return
      const key = keyOf(instance, step)
      tables.seen.set(key, (tables.seen.get(key) ?? new Set()).add(user))
    },
    note: async (user, key) => {
      const note = tables.notes.get(keyOf(user, key))
      return note === undefined ? undefined : { value: note.value, updatedAtMs: note.updatedAtMs }
    },
    notes: async (user, prefix) =>
      [...tables.notes.values()]
        .filter((note) => note.user === user && note.key.startsWith(prefix))
        .sort((a, b) => compareText(a.key, b.key))
        .map(({ key, value, updatedAtMs }) => ({ key, value, updatedAtMs })),
    saveNote: async (user, key, value) => void tables.notes.set(keyOf(user, key), { user, key, value, updatedAtMs: tables.now() }),
    deleteNote: async (user, key) => void tables.notes.delete(keyOf(user, key)),
  }
}

const withoutHash = (row: TokenRow): Token => {
  const { hash: _, ...token } = row
  return token
}

const unknown = (noun: 'user' | 'group', name: string): MillraceError =>
  new MillraceError('NOT_FOUND', `There is no ${noun} ${name}. Create it first, or check the name.`)
