/** Commits instances one by one and says each number once it is durable, until it is killed (crash.sqlite.test.ts). */
import { writeSync } from 'node:fs'
import { openItem, openTask, tell } from '@millrace/testing/store-contract'
import { openSqliteStore } from './open-sqlite-store.ts'

const store = await openSqliteStore({ path: process.argv[2] ?? '' })
for (let n = 1; ; n++) {
  await tell(n).commit(store, n, openTask(1), openItem(2, ['group:editors']))
  writeSync(1, `${n}\n`)
}
