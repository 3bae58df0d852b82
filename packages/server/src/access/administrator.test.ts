import { openMemoryStore } from '@millrace/store'
import { expect, test } from 'vitest'
import { CHEAP, openTestServer } from '../server.fixture.ts'
import { ensureAdministrator, refuseOpenDoor } from './administrator.ts'
import { verifyPassword } from './password.ts'

test('the first start makes an administrator and says the password once; later starts make none', async () => {
  const store = openMemoryStore()
  const made = await ensureAdministrator(store, { nowMs: 1, cost: CHEAP })
  const row = await store.people.user('admin')
  expect(row).toMatchObject({ roles: ['administrator'], isActive: true })
  expect(await verifyPassword(row?.passwordHash, made?.password ?? '', CHEAP)).toBe(true)
  expect(await ensureAdministrator(store, { nowMs: 2, cost: CHEAP })).toBeUndefined()
})

test('without an administrator the server answers this machine only', async () => {
  const store = openMemoryStore()
  await refuseOpenDoor(store, '127.0.0.1')
  await refuseOpenDoor(store, 'localhost')
  await refuseOpenDoor(store, '::1')
  for (const host of ['0.0.0.0', '::', '192.168.1.7', 'millrace.example']) {
    await expect(refuseOpenDoor(store, host)).rejects.toMatchObject({ code: 'NO_ADMINISTRATOR' })
  }
  await ensureAdministrator(store, { nowMs: 1, cost: CHEAP })
  await refuseOpenDoor(store, '0.0.0.0')
})

test('a taken port is said with the next thing to try', async () => {
  const [first, second] = [await openTestServer(), await openTestServer()]
  const port = Number(new URL(await first.server.listen({ port: 0 })).port)
  await expect(second.server.listen({ port })).rejects.toMatchObject({
    code: 'PORT_IN_USE',
    message: expect.stringContaining(`--port ${port + 1}`),
  })
  await Promise.all([first.close(), second.close()])
})
