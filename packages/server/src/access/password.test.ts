import { expect, test } from 'vitest'
import { CHEAP } from '../server.fixture.ts'
import { hashPassword, newPassword, verifyPassword } from './password.ts'

test('a password is kept as argon2id in PHC format and never twice the same', async () => {
  const [a, b] = await Promise.all([hashPassword('correct horse', CHEAP), hashPassword('correct horse', CHEAP)])
  expect(a).toMatch(/^\$argon2id\$v=19\$m=8,t=1,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
  expect(a).not.toBe(b)
})

test('only the password that was hashed fits, whatever it was hashed with', async () => {
  const stored = await hashPassword('correct horse', { memory: 16, passes: 2, parallelism: 1 })
  expect(await verifyPassword(stored, 'correct horse', CHEAP)).toBe(true)
  expect(await verifyPassword(stored, 'correct hors', CHEAP)).toBe(false)
  expect(await verifyPassword(stored, '', CHEAP)).toBe(false)
})

test('a letter typed as one character or as two is the same letter', async () => {
  const stored = await hashPassword('pässwörd', CHEAP)
  expect(await verifyPassword(stored, 'pässwörd', CHEAP)).toBe(true)
})

test('a hash made by somebody else with the same parameters is understood', async () => {
  // RFC 9106 reference implementation: argon2id, m=64, t=1, p=1, password "password", salt "somesalt".
  const stored = '$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$X2swQMNKk8DQ2rZ0mF3wCzMf6hwaYQfDxiA9O1hB6nA'
  expect(await verifyPassword(stored, 'not it', CHEAP)).toBe(false)
})

test('nobody, a user without a password and a damaged hash are all a no', async () => {
  expect(await verifyPassword(undefined, 'x', CHEAP)).toBe(false)
  expect(await verifyPassword('$2b$10$abcdefghijklmnopqrstuv', 'x', CHEAP)).toBe(false)
})

test('a made-up password can be read aloud', () => {
  const made = newPassword()
  expect(made).toMatch(/^([a-hj-km-np-z2-9]{5}-){3}[a-hj-km-np-z2-9]{5}$/)
  expect(newPassword()).not.toBe(made)
})
