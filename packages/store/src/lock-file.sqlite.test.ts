import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { withFolder } from '@millrace/testing/store-contract'
import { expect, test } from 'vitest'
import { LOCK_FILE } from './lock-file.ts'
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

test(
  'a lock of another machine counts: whether its process lives cannot be seen from here',
  withFolder(async (folder) => {
    await leaveLock(folder, { pid: 4_711, host: 'elsewhere' })
    await expect(open(folder)).rejects.toMatchObject({ code: 'DATA_FOLDER_IN_USE', message: expect.stringContaining('elsewhere') })
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
