import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeStore } from '@millrace/testing/store-contract'
import { openSqliteStore } from './open-sqlite-store.ts'

describeStore('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-store-'))
  const clock = { nowMs: 0 }
  const open = () => openSqliteStore({ path: join(folder, 'millrace.db'), now: () => clock.nowMs })
  let store = await open()
  return {
    store,
    clock,
    reopen: async () => {
      await store.close()
      store = await open()
      return store
    },
    close: async () => {
      await store.close()
      await rm(folder, { recursive: true })
    },
  }
})
