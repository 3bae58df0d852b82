import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Backup, Store } from '@millrace/protocol'
import { openSqliteStore, restoreSqliteBackup } from '@millrace/store'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type BackupFolder, openBackupFolder } from './backup-folder.ts'
import { openTestServer } from './server.fixture.ts'

let folder: string
let store: Store
let backups: BackupFolder
let now = Date.parse('2026-03-01T04:00:00.123Z')
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-backups-'))
  store = await openSqliteStore({ path: join(folder, 'data', 'millrace.db') })
  backups = openBackupFolder({ folder: join(folder, 'backups'), store, now: () => now })
})
afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

test('backups are listed newest first with what they hold, and each can be restored', async () => {
  expect(await backups.list()).toEqual([])
  const first = await backups.create()
  expect(first).toMatchObject({
    name: '2026-03-01T04-00-00.123.db',
    bytes: expect.any(Number),
    hash: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
  await store.people.saveGroup({ name: 'later', title: 'Later', members: [] }, 'test')
  now += 86_400_000
  const second = await backups.create()
  expect((await backups.list()).map((backup) => backup.hash).toSorted()).toEqual([first.hash, second.hash].toSorted())

  const path = join(folder, 'restored', 'millrace.db')
  await restoreSqliteBackup({ from: join(folder, 'backups', second.name), path })
  const restored = await openSqliteStore({ path })
  expect((await restored.people.groups()).map((group) => group.name)).toEqual(['later'])
  await restored.close()
})

test('files that are no backups are not listed', async () => {
  const made = await backups.create()
  await writeFile(join(folder, 'backups', 'damaged.db.manifest.json'), '{')
  await writeFile(join(folder, 'backups', 'notes.txt'), 'mine')
  expect((await backups.list()).map((backup) => backup.name)).toEqual([made.name])
})

test('only one backup is made at a time', async () => {
  const copied = Promise.withResolvers<Omit<Backup, 'name'>>()
  const maintenance = { ...store.maintenance, backup: () => copied.promise }
  const slow = openBackupFolder({ folder: join(folder, 'slow'), store: { ...store, maintenance }, now: () => now })
  const first = slow.create()
  await expect(slow.create()).rejects.toMatchObject({ code: 'EXISTS' })
  copied.resolve({ bytes: 1, createdAtMs: 1, instances: 0, hash: 'x' })
  expect(await first).toMatchObject({ bytes: 1 })
})

test('a server without a folder says so', async () => {
  const server = await openTestServer()
  expect(await server.call('ada', 'POST /api/v1/backups')).toMatchObject({
    status: 404,
    body: { detail: expect.stringContaining('no backups') },
  })
  await server.close()
})
