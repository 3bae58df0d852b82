/** Tables `user`, `user_role`, `user_group`, `membership`, `session`, `token`, `note`: people and what proves who they are. All by key. */

import type { SQLOutputValue } from 'node:sqlite'
import type { JsonValue } from '@millrace/model'
import { type Group, MillraceError, type PeopleStore, type Role, type SessionRow, type Token, type UserRow } from '@millrace/protocol'
import { markSeen } from './tables/seen.ts'
import type { Writer } from './writer.ts'

type Row = { readonly [column: string]: SQLOutputValue }

/** Workspace whose roles a user is saved with. */
const HOME = 'default'

export const sqlitePeople = (writer: Writer): PeopleStore => {
  const { connection, transaction, announce, now } = writer
  const { sql } = connection
  const rolesOf = (workspace: string, user: string): Role[] =>
    sql('select role from user_role where workspace = ? and user = ? order by place')
      .all(workspace, user)
      .map((row) => row['role'] as Role)
  const groupsOf = (user: string): string[] =>
    sql('select user_group from membership where user = ? order by user_group')
      .all(user)
      .map((row) => String(row['user_group']))
  const membersOf = (group: string): string[] =>
    sql('select user from membership where user_group = ? order by user')
      .all(group)
      .map((row) => String(row['user']))
  const readUser = (row: Row, workspace: string): UserRow => {
    const name = String(row['name'])
    return {
      name,
      displayName: String(row['display_name']),
      ...(row['email'] === null ? {} : { email: String(row['email']) }),
      roles: rolesOf(workspace, name),
      groups: groupsOf(name),
      isActive: row['is_active'] === 1,
      createdAtMs: Number(row['created_at']),
      ...(row['password_hash'] === null ? {} : { passwordHash: String(row['password_hash']) }),
    }
  }
  const mustExist = (noun: 'user' | 'group', name: string) => {
    const found =
      noun === 'user' ? sql('select 1 from user where name = ?').get(name) : sql('select 1 from user_group where name = ?').get(name)
    if (found === undefined) throw new MillraceError('NOT_FOUND', `There is no ${noun} ${name}. Create it first, or check the name.`)
  }
  const writeRoles = (workspace: string, user: string, roles: readonly Role[]) => {
    sql('delete from user_role where workspace = ? and user = ?').run(workspace, user)
    for (const [place, role] of roles.entries()) {
      sql('insert or ignore into user_role (workspace, user, role, place) values (?, ?, ?, ?)').run(workspace, user, role, place)
    }
  }
  const join = (group: string, user: string) => sql('insert or ignore into membership (user_group, user) values (?, ?)').run(group, user)

  return {
    users: async (workspace = HOME) =>
      sql('select * from user order by name')
        .all()
        .map((row) => {
          const { passwordHash: _, ...user } = readUser(row, workspace)
          return user
        }),
    user: async (name, workspace = HOME) => {
      const row = sql('select * from user where name = ?').get(name)
      return row === undefined ? undefined : readUser(row, workspace)
    },
    saveUser: async (user) =>
      transaction(() => {
        for (const group of user.groups) mustExist('group', group)
        sql(
          `insert into user (name, display_name, email, is_active, created_at, password_hash) values (?, ?, ?, ?, ?, ?)
            on conflict (name) do update set display_name = excluded.display_name, email = excluded.email, is_active = excluded.is_active,
              created_at = excluded.created_at, password_hash = excluded.password_hash`,
        ).run(user.name, user.displayName, user.email ?? null, user.isActive ? 1 : 0, user.createdAtMs, user.passwordHash ?? null)
        writeRoles(HOME, user.name, user.roles)
        sql('delete from membership where user = ?').run(user.name)
        for (const group of user.groups) join(group, user.name)
        announce({ noun: 'user', id: user.name, changed: ['user'] })
      }),
    setRoles: async (workspace, user, roles) =>
      transaction(() => {
        mustExist('user', user)
        writeRoles(workspace, user, roles)
        announce({ noun: 'user', id: user, workspace, changed: ['roles'] })
      }),
    groups: async () =>
      sql('select name, title from user_group order by name')
        .all()
        .map((row): Group => {
          const name = String(row['name'])
          return { name, title: String(row['title']), members: membersOf(name) }
        }),
    saveGroup: async (group) =>
      transaction(() => {
        for (const member of group.members) mustExist('user', member)
        sql('insert into user_group (name, title) values (?, ?) on conflict (name) do update set title = excluded.title').run(
          group.name,
          group.title,
        )
        sql('delete from membership where user_group = ?').run(group.name)
        for (const member of group.members) join(group.name, member)
        announce({ noun: 'group', id: group.name, changed: ['group'] })
      }),
    deleteGroup: async (name) =>
      transaction(() => {
        const { changes } = sql('delete from user_group where name = ?').run(name)
        if (changes > 0) announce({ noun: 'group', id: name, changed: ['group'] })
      }),
    session: async (hash) => {
      const row = sql('select * from session where hash = ?').get(hash)
      return row === undefined ? undefined : readSession(row)
    },
    saveSession: async (row) =>
      transaction(
        () =>
          void sql('insert or replace into session (hash, user, csrf, created_at, expires_at) values (?, ?, ?, ?, ?)').run(
            row.hash,
            row.user,
            row.csrf,
            row.createdAtMs,
            row.expiresAtMs,
          ),
      ),
    deleteSession: async (hash) => transaction(() => void sql('delete from session where hash = ?').run(hash)),
    deleteSessionsOf: async (user) => transaction(() => void sql('delete from session where user = ?').run(user)),
    tokenByHash: async (hash) => {
      const row = sql('select * from token where hash = ?').get(hash)
      return row === undefined ? undefined : { ...readToken(row), hash }
    },
    tokens: async (user) =>
      sql('select * from token where ?1 is null or user = ?1 order by created_at, id')
        .all(user ?? null)
        .map(readToken),
    saveToken: async (row) =>
      transaction(() => {
        sql('insert or replace into token (id, hash, user, name, created_at, last_used_at, expires_at) values (?, ?, ?, ?, ?, ?, ?)').run(
          row.id,
          row.hash,
          row.user,
          row.name,
          row.createdAtMs,
          row.lastUsedAtMs ?? null,
          row.expiresAtMs ?? null,
        )
        announce({ noun: 'token', id: row.id, changed: ['token'] })
      }),
    touchToken: async (id, atMs) => transaction(() => void sql('update token set last_used_at = ? where id = ?').run(atMs, id)),
    deleteToken: async (id) =>
      transaction(() => {
        const { changes } = sql('delete from token where id = ?').run(id)
        if (changes > 0) announce({ noun: 'token', id, changed: ['token'] })
      }),
    markSeen: async (user, instance, step) => markSeen(writer, user, instance, step),
    note: async (user, key) => {
      const row = sql('select value, updated_at from note where user = ? and key = ?').get(user, key)
      return row === undefined ? undefined : { value: valueOf(row), updatedAtMs: Number(row['updated_at']) }
    },
    notes: async (user, prefix) =>
      sql('select key, value, updated_at from note where user = ?1 and key >= ?2 and substr(key, 1, length(?2)) = ?2 order by key')
        .all(user, prefix)
        .map((row) => ({ key: String(row['key']), value: valueOf(row), updatedAtMs: Number(row['updated_at']) })),
    saveNote: async (user, key, value) =>
      transaction(
        () =>
          void sql('insert or replace into note (user, key, value, updated_at) values (?, ?, ?, ?)').run(
            user,
            key,
            JSON.stringify(value),
            now(),
          ),
      ),
    deleteNote: async (user, key) => transaction(() => void sql('delete from note where user = ? and key = ?').run(user, key)),
  }
}

const valueOf = (row: Row): JsonValue => JSON.parse(String(row['value'])) as JsonValue

const readSession = (row: Row): SessionRow => ({
  hash: String(row['hash']),
  user: String(row['user']),
  csrf: String(row['csrf']),
  createdAtMs: Number(row['created_at']),
  expiresAtMs: Number(row['expires_at']),
})

const readToken = (row: Row): Token => ({
  id: String(row['id']),
  user: String(row['user']),
  name: String(row['name']),
  createdAtMs: Number(row['created_at']),
  ...(row['last_used_at'] === null ? {} : { lastUsedAtMs: Number(row['last_used_at']) }),
  ...(row['expires_at'] === null ? {} : { expiresAtMs: Number(row['expires_at']) }),
})
