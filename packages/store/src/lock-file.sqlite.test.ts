import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { withFolder } from '@millrace/testing/store-contract'
import { expect, test } from 'vitest'
import { isLocalDisk } from './local-disk.ts'
import { LOCK_FILE } from './lock-file.ts'
import { restoreSqliteBackup } from './sqlite/maintenance/restore.ts'
import { openSqliteStore } from './sqlite/open-sqlite-store.ts'

const open = (folder: string) => openSqliteStore({ path: join(folder, 'millrace.db') })
const holder = async (folder: string) => JSON.parse(await readFile(join(folder, LOCK_FILE), 'utf8')) as { readonly pid: number }
const leaveLock = (folder: string, lock: object) =>
  writeFile(join(folder, LOCK_FILE), JSON.stringify({ pid: 1, started: '', host: hostname(), sinceMs: 1_000, ...lock }))

test(
  'a folder that is served says who serves it, and is free again after the close',
  withFolder(async (folder) => {
    const first = await open(folder)
    await expect(open(folder)).rejects.toMatchObject({
      code: 'DATA_FOLDER_IN_USE',
      message: expect.stringContaining(`process ${process.pid}`),
      details: { pid: process.pid },
    })
    await first.close()
    await (await open(folder)).close()
  }),
)

test(
  'a folder that is made is for its owner only',
  withFolder(async (folder) => {
    const store = await open(join(folder, 'deep', 'data'))
    expect((await stat(join(folder, 'deep', 'data'))).mode & 0o777).toBe(0o700)
    await store.close()
  }),
)

test(
  'a place that can be no folder is said in a sentence, and leaves nothing behind',
  withFolder(async (folder) => {
    await writeFile(join(folder, 'file'), '')
    await expect(open(join(folder, 'file', 'data'))).rejects.toMatchObject({
      code: 'DATA_FOLDER_UNUSABLE',
      message: expect.stringContaining(join(folder, 'file', 'data')),
    })
    expect(await readdir(folder)).toEqual(['file'])
  }),
)

test(
  'a lock of a process that is gone is taken over',
  withFolder(async (folder) => {
    const child = spawn(process.execPath, ['-e', ''])
    await once(child, 'exit')
    await leaveLock(folder, { pid: child.pid })
    const store = await open(folder)
    expect(await holder(folder)).toMatchObject({ pid: process.pid })
    await store.close()
  }),
)

test(
  'a lock whose process id was given to another process is taken over',
  withFolder(async (folder) => {
    await leaveLock(folder, { pid: process.pid, started: 'the day before yesterday' })
    const store = await open(folder)
    expect(await holder(folder)).not.toMatchObject({ started: 'the day before yesterday' })
    await store.close()
  }),
)

/** As a lock looks whose maker has had time to open the database. */
const leaveOldLock = async (folder: string, lock: object) => {
  await leaveLock(folder, lock)
  await utimes(join(folder, LOCK_FILE), new Date(0), new Date(0))
}

test.runIf(isLocalDisk(tmpdir()))(
  'a lock of another name on a disk of this machine is taken over: nobody has the database open',
  withFolder(async (folder) => {
    await (await open(folder)).close()
    await leaveOldLock(folder, { pid: 4_711, host: 'the-last-container' })
    const store = await open(folder)
    expect(await holder(folder)).toMatchObject({ pid: process.pid })
    await store.close()
  }),
)

test.runIf(isLocalDisk(tmpdir()))(
  'a lock of another name counts while somebody has the database open, and for the moment before',
  withFolder(async (folder) => {
    const other = await open(folder)
    await leaveOldLock(folder, { pid: 4_711, host: 'a-container' })
    await expect(open(folder)).rejects.toMatchObject({
      code: 'DATA_FOLDER_IN_USE',
      message: expect.stringMatching(/process 4711 on a-container .* the database is open/),
    })
    await other.close()
    await leaveLock(folder, { pid: 4_711, host: 'a-container' })
    await expect(open(folder)).rejects.toMatchObject({
      message: expect.stringContaining(`delete ${join(folder, LOCK_FILE)} and start again`),
    })
  }),
)

test(
  'a lock whose process cannot be seen counts while somebody has the database open: two containers of one name',
  withFolder(async (folder) => {
    const other = await open(folder)
    await leaveLock(folder, { pid: process.pid, started: 'as another container counts' })
    await expect(open(folder)).rejects.toMatchObject({ code: 'DATA_FOLDER_IN_USE' })
    await other.close()
  }),
)

test.runIf(process.platform === 'linux')('a place where no folder can be made is refused at once', async () => {
  await expect(open('/proc/nope/data')).rejects.toMatchObject({
    code: 'DATA_FOLDER_UNUSABLE',
    message: expect.stringContaining('/proc/nope'),
  })
})

test.runIf(process.platform !== 'win32')(
  'the database and its backups are for their owner only, in whatever folder, and one that was not becomes so',
  withFolder(async (folder) => {
    const modes = async () =>
      Object.fromEntries(
        await Promise.all(
          (await readdir(folder))
            .filter((name) => name.endsWith('.db') || /-(wal|shm)$/.test(name))
            .map(async (name) => [name, (await stat(join(folder, name))).mode & 0o777]),
        ),
      )
    await chmod(folder, 0o755)
    let store = await open(folder)
    await store.maintenance.backup(join(folder, 'copy.db'))
    expect(await modes()).toEqual({ 'millrace.db': 0o600, 'millrace.db-shm': 0o600, 'millrace.db-wal': 0o600, 'copy.db': 0o600 })
    await store.close()
    await chmod(join(folder, 'millrace.db'), 0o644)
    await chmod(join(folder, 'copy.db'), 0o644)
    store = await open(folder)
    expect(await modes()).toMatchObject({ 'millrace.db': 0o600, 'millrace.db-wal': 0o600 })
    await store.close()
    await restoreSqliteBackup({ from: join(folder, 'copy.db'), path: join(folder, 'millrace.db') })
    expect(await modes()).toMatchObject({ 'millrace.db': 0o600 })
  }),
)

test(
  'a damaged lock does not keep anybody out for ever',
  withFolder(async (folder) => {
    await writeFile(join(folder, LOCK_FILE), '{"pid": 12')
    const store = await open(folder)
    expect(await holder(folder)).toMatchObject({ pid: process.pid })
    await store.close()
  }),
)
