import { join } from 'node:path'
import { idOf, openItem, operator, tell, withFolder } from '@millrace/testing/store-contract'
import { expect, test } from 'vitest'
import { openSqliteStore } from './open-sqlite-store.ts'

test(
  'a store opened to be read sees what another commits, and can change nothing',
  withFolder(async (folder) => {
    const path = join(folder, 'millrace.db')
    await expect(openSqliteStore({ path, readOnly: true })).rejects.toThrow(Error)
    const store = await openSqliteStore({ path })
    const viewer = await openSqliteStore({ path, readOnly: true })
    const position = await tell(1).commit(store, 1_000, openItem(1, ['user:bo']))
    expect(await viewer.queries.position()).toBe(position)
    expect((await viewer.queries.instances({ workspace: 'default', reader: operator }, { limit: 9 })).items).toHaveLength(1)
    expect((await viewer.instances.load([idOf(1)])).size).toBe(1)
    const refused = { code: 'BAD_REQUEST', message: expect.stringContaining('read only') }
    await expect(tell(2).commit(viewer, 2_000)).rejects.toMatchObject(refused)
    await expect(viewer.maintenance.saveSetting('a', 1)).rejects.toMatchObject(refused)
    await expect(viewer.maintenance.backup(join(folder, 'copy.db'))).rejects.toMatchObject(refused)
    await viewer.close()
    await store.close()
  }),
)
