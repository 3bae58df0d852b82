import { expect, test } from 'vitest'
import { CreateUser, User } from './people.ts'

test('nobody may be named as the host is: what they did would stand in the history as nobody’s', () => {
  const { error } = CreateUser.safeParse({ name: 'system' })
  expect(error?.issues.map(({ path, message }) => [path.join('/'), message])).toEqual([
    ['name', 'The name system is the host’s own: what it does by itself. Take another, such as system-admin.'],
  ])
  expect(CreateUser.safeParse({ name: 'system-admin' }).success).toBe(true)
})

test('a person of that name from an older release can still be read', () => {
  const person = { name: 'system', displayName: 'S', roles: [], groups: [], isActive: true, createdAtMs: 0 }
  expect(User.safeParse(person).success).toBe(true)
})
