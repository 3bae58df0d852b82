import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { completed, idOf, openItem, openTask, tell, withFolder } from '@millrace/testing/store-contract'
import { expect, test } from 'vitest'
import { openSqliteStore } from './open-sqlite-store.ts'

const LARGE = 'x'.repeat(70_000)

test(
  'a purge leaves nothing of an instance but its line, and no large value that nobody else refers to',
  withFolder(async (folder) => {
    const path = join(folder, 'millrace.db')
    const store = await openSqliteStore({ path })
    const own = tell(1, { data: { shared: LARGE, own: `${LARGE}1` }, locks: ['printer'] })
    const other = tell(2, { data: { shared: LARGE } })
    const foreign = tell(3, { data: { shared: LARGE }, workspace: 'other' })
    for (const story of [own, other, foreign]) await story.commit(store, 1_000, openItem(1, ['user:bo', 'group:editors']))
    await own.commit(store, 2_000, { t: 'claimed', step: 1, by: 'cy' }, { t: 'closed', step: 1, by: 'cy' })
    for (let step = 2; step < 100; step++) {
      await own.commit(store, 3_000, openTask(step), { t: 'incident', step, error: { code: 'X', message: 'x' } }, { t: 'closed', step })
    }
    await own.commit(store, 4_000, completed)
    expect(await store.maintenance.purge({ workspace: 'default', workflow: 'publish', endedBeforeMs: 9_000, limit: 9 })).toBe(1)
    await store.close()

    const db = new DatabaseSync(path, { readOnly: true })
    const tables = ['fact', 'snapshot', 'blob_use', 'work_item', 'involved', 'step', 'timer', 'incident', 'lock_request']
    const left = tables.filter((table) => db.prepare(`select 1 from ${table} where instance = 1`).get() !== undefined)
    expect(left).toEqual([])
    expect(db.prepare('select title, created, ended from purged').all()).toEqual([{ title: 'Instance 1', created: 1_000, ended: 4_000 }])
    expect(db.prepare('select workspace, length(body) as length from blob order by workspace').all()).toEqual([
      { workspace: 0, length: LARGE.length + 2 },
      { workspace: 1, length: LARGE.length + 2 },
    ])
    expect(db.prepare('pragma integrity_check').get()).toEqual({ integrity_check: 'ok' })
    db.close()
    const again = await openSqliteStore({ path })
    expect((await again.instances.load([idOf(2)])).get(idOf(2))).toEqual(other.state)
    await again.close()
  }),
)
