import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { completed, everythingIn, idOf, openItem, openTask, operator, tell, withFolder } from '@millrace/testing/store-contract'
import { expect, test } from 'vitest'
import { SCHEMA } from '../migrate.ts'
import { openSqliteStore } from '../open-sqlite-store.ts'
import { manifestOf } from './backup.ts'
import { restoreSqliteBackup } from './restore.ts'

test(
  'a backup ends while commits go on, and holds all of a commit or none of it',
  withFolder(async (folder) => {
    const store = await openSqliteStore({ path: join(folder, 'data', 'millrace.db') })
    const text = 'x'.repeat(2_000)
    for (let n = 1; n <= 1_500; n++) await tell(n, { data: { text } }).commit(store, n, openItem(1, ['group:editors']))
    const shares: number[] = []
    let isDone = false
    const copying = store.maintenance.backup(join(folder, 'copy.db'), (share) => void shares.push(share)).finally(() => (isDone = true))
    let n = 1_500
    // Each commit begins two instances; a copy taken between two of its pages would hold one of them.
    while (!isDone) {
      n += 2
      await store.instances.commit({ atMs: n, changes: [tell(n - 1).tick(n, openTask(1)), tell(n).tick(n, openTask(1))] })
      await new Promise((resolve) => setImmediate(resolve))
    }
    const backup = await copying
    expect(n).toBeGreaterThan(1_500)
    expect(shares.at(-1)).toBe(1)
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    await store.close()

    const manifest = await restoreSqliteBackup({ from: join(folder, 'copy.db'), path: join(folder, 'again', 'millrace.db') })
    expect(manifest).toMatchObject({ bytes: backup.bytes, sha256: backup.hash, instances: backup.instances })
    const restored = await openSqliteStore({ path: join(folder, 'again', 'millrace.db') })
    const { byStatus } = await restored.queries.instanceCounts('default', operator)
    expect(byStatus['RUNNING']).toBe(backup.instances)
    expect(backup.instances % 2).toBe(0)
    expect(await restored.queries.position()).toBe(manifest.position)
    expect((await restored.instances.load([idOf(backup.instances), idOf(backup.instances + 1)])).size).toBe(1)
    await restored.close()
  }),
)

test(
  'what is restored is what was there: running work runs on',
  withFolder(async (folder) => {
    const path = join(folder, 'millrace.db')
    const store = await openSqliteStore({ path })
    const stories = [tell(1, { locks: ['printer'] }), tell(2, { locks: ['printer'], status: 'QUEUED' }), tell(3)]
    await stories[0]?.commit(store, 1_000, openTask(1), openItem(2, ['user:bo'], { timers: [{ timeout: 0, dueAtMs: 9_000 }] }))
    await stories[1]?.commit(store, 1_000)
    await stories[2]?.commit(store, 1_000, completed)
    const ids = stories.map(({ id }) => id)
    const before = await everythingIn(store, ids)
    await store.maintenance.backup(join(folder, 'copy.db'))
    await stories[0]?.commit(store, 2_000, { t: 'closed', step: 2, by: 'bo' })
    await expect(restoreSqliteBackup({ from: join(folder, 'copy.db'), path })).rejects.toMatchObject({ code: 'DATA_FOLDER_IN_USE' })
    await store.close()
    await restoreSqliteBackup({ from: join(folder, 'copy.db'), path, now: () => 7 })
    const restored = await openSqliteStore({ path })
    expect(await everythingIn(restored, ids)).toEqual(before)
    await restored.close()
    // The file that was there is moved aside, whole.
    const aside = await openSqliteStore({ path: `${path}.before-restore-7` })
    expect(await aside.queries.workItem(idOf(1), 2)).toMatchObject({ status: 'done' })
    await aside.close()
  }),
)

test(
  'a backup overwrites nothing, and a damaged one is not restored',
  withFolder(async (folder) => {
    const store = await openSqliteStore({ path: join(folder, 'millrace.db') })
    const file = join(folder, 'copy.db')
    await store.maintenance.backup(file)
    await expect(store.maintenance.backup(file)).rejects.toMatchObject({ code: 'BAD_REQUEST', message: expect.stringContaining('exists') })
    await store.close()
    const to = join(folder, 'again', 'millrace.db')
    const manifest = await readFile(manifestOf(file), 'utf8')
    await writeFile(manifestOf(file), manifest.replace(`"schema": ${SCHEMA}`, '"schema": 99'))
    await expect(restoreSqliteBackup({ from: file, path: to })).rejects.toMatchObject({ code: 'NEWER_FORMAT' })
    await writeFile(manifestOf(file), manifest)
    await appendFile(file, 'x')
    await expect(restoreSqliteBackup({ from: file, path: to })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining('damaged'),
    })
    await expect(restoreSqliteBackup({ from: join(folder, 'none.db'), path: to })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  }),
)
