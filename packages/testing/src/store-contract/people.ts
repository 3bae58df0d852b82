import type { UserRow } from '@millrace/protocol'
import { describe, expect, test } from 'vitest'
import { type OpenHarness, withStore } from './harness.ts'

const user = (name: string, more: Partial<UserRow> = {}): UserRow => ({
  name,
  displayName: name.toUpperCase(),
  roles: ['member'],
  groups: [],
  isActive: true,
  createdAtMs: 1,
  ...more,
})

export const describePeople = (open: OpenHarness): void => {
  describe('people', () => {
    test(
      'are kept with their groups and with roles per workspace, their password hash apart',
      withStore(open, async ({ store }) => {
        const { people } = store
        const ana = user('ana', { email: 'ana@example.org', passwordHash: '$argon2id$x', roles: ['administrator', 'editor'] })
        await people.saveUser(ana, 'system')
        await people.saveUser(user('bo'), 'ana')
        expect(await people.user('ana')).toEqual(ana)
        expect(await people.user('cy')).toBeUndefined()
        const { passwordHash: _, ...open } = ana
        expect(await people.users()).toEqual([open, user('bo')])
        await people.setRoles('other', 'bo', ['operator'], 'ana')
        expect((await people.user('bo', 'other'))?.roles).toEqual(['operator'])
        expect((await people.user('bo'))?.roles).toEqual(['member'])
        await people.saveUser(user('bo', { displayName: 'Bo', isActive: false, roles: [] }), 'ana')
        expect(await people.user('bo')).toEqual(user('bo', { displayName: 'Bo', isActive: false, roles: [] }))
        await expect(people.setRoles('default', 'cy', [], 'ana')).rejects.toMatchObject({ code: 'NOT_FOUND' })
      }),
    )

    test(
      'and groups know each other, from both sides',
      withStore(open, async ({ store }) => {
        const { people } = store
        await people.saveUser(user('bo'), 'root')
        await people.saveUser(user('ana'), 'root')
        await people.saveGroup({ name: 'editors', title: 'Editors', members: ['bo', 'ana'] }, 'root')
        await people.saveGroup({ name: 'chiefs', title: 'Chiefs', members: [] }, 'root')
        expect(await people.groups()).toEqual([
          { name: 'chiefs', title: 'Chiefs', members: [] },
          { name: 'editors', title: 'Editors', members: ['ana', 'bo'] },
        ])
        await people.saveUser(user('bo', { groups: ['chiefs'] }), 'root')
        expect((await people.groups()).map(({ members }) => members)).toEqual([['bo'], ['ana']])
        expect((await people.user('ana'))?.groups).toEqual(['editors'])
        await expect(people.saveUser(user('cy', { groups: ['unheard'] }), 'root')).rejects.toMatchObject({ code: 'NOT_FOUND' })
        expect(await people.user('cy')).toBeUndefined()
        await expect(people.saveGroup({ name: 'x', title: 'X', members: ['unheard'] }, 'root')).rejects.toMatchObject({ code: 'NOT_FOUND' })
        await people.deleteGroup('editors', 'root')
        expect((await people.user('ana'))?.groups).toEqual([])
      }),
    )

    test(
      'have sessions that are found by hash and expire',
      withStore(open, async ({ store }) => {
        const { people } = store
        const session = (hash: string, name: string, expiresAtMs: number) => ({ hash, user: name, csrf: 'c', createdAtMs: 1, expiresAtMs })
        for (const row of [session('a', 'ana', 5_000), session('b', 'ana', 9_000), session('c', 'bo', 9_000)]) await people.saveSession(row)
        expect(await people.session('a')).toEqual(session('a', 'ana', 5_000))
        await store.maintenance.expire(5_000)
        expect(await people.session('a')).toBeUndefined()
        await people.deleteSessionsOf('ana')
        expect(await people.session('b')).toBeUndefined()
        expect(await people.session('c')).toBeDefined()
        await people.deleteSession('c')
        expect(await people.session('c')).toBeUndefined()
      }),
    )

    test(
      'have tokens that are found by hash, and never listed with it',
      withStore(open, async ({ store }) => {
        const { people } = store
        const token = { id: 't1', user: 'ana', name: 'laptop', createdAtMs: 1 }
        await people.saveToken({ ...token, hash: 'h1', expiresAtMs: 9 })
        await people.saveToken({ ...token, id: 't2', user: 'bo', hash: 'h2' })
        expect(await people.tokenByHash('h1')).toEqual({ ...token, hash: 'h1', expiresAtMs: 9 })
        expect(await people.tokenByHash('h3')).toBeUndefined()
        await people.touchToken('t1', 5)
        expect(await people.tokens('ana')).toEqual([{ ...token, lastUsedAtMs: 5, expiresAtMs: 9 }])
        expect(await people.tokens()).toHaveLength(2)
        await people.deleteToken('t1', 'ana')
        expect(await people.tokenByHash('h1')).toBeUndefined()
      }),
    )

    test(
      'keep notes by key',
      withStore(open, async ({ store, clock }) => {
        const { people } = store
        clock.nowMs = 7
        await people.saveNote('ana', 'draft:1', { text: 'a' })
        await people.saveNote('ana', 'draft:2', null)
        await people.saveNote('ana', 'drafted', 3)
        await people.saveNote('bo', 'draft:1', 4)
        expect(await people.note('ana', 'draft:1')).toEqual({ value: { text: 'a' }, updatedAtMs: 7 })
        expect((await people.notes('ana', 'draft:')).map(({ key, value }) => [key, value])).toEqual([
          ['draft:1', { text: 'a' }],
          ['draft:2', null],
        ])
        await people.deleteNote('ana', 'draft:1')
        expect(await people.note('ana', 'draft:1')).toBeUndefined()
      }),
    )
  })
}
