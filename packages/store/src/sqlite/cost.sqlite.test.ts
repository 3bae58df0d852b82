import { statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, StatementSync } from 'node:sqlite'
import type { FactBody } from '@millrace/kernel'
import { completed, idOf, openItem, openTask, tell, withFolder } from '@millrace/testing/store-contract'
import { expect, test, vi } from 'vitest'
import { openSqliteStore } from './open-sqlite-store.ts'

/** Rows written by statements while `run` runs. */
const rowsWritten = async (run: () => Promise<void>): Promise<number> => {
  const runs = vi.spyOn(StatementSync.prototype, 'run')
  await run()
  const rows = runs.mock.results.map(({ value }, index) => {
    // `begin` and `commit` repeat the number of the statement before them.
    const isWrite = /^(insert|update|delete)/.test((runs.mock.contexts[index] as StatementSync).sourceSQL)
    return isWrite ? Number((value as { readonly changes: number }).changes) : 0
  })
  runs.mockRestore()
  return rows.reduce((sum, count) => sum + count, 0)
}

test(
  'a one-step instance costs at most 8 rows in two ticks and 500 bytes of file',
  withFolder(async (folder) => {
    const path = join(folder, 'millrace.db')
    const store = await openSqliteStore({ path })
    await tell(9_999).commit(store, 1, completed)
    await store.maintenance.checkpoint()
    const empty = statSync(path).size
    const count = 2_000
    for (let n = 1; n <= count; n++) {
      const story = tell(n, { title: 'One step', data: { amount: n }, payload: { kind: 'path', ref: `/content/site/page-${n}` } })
      const rows = await rowsWritten(async () => {
        await story.commit(store, n, { t: 'passed', node: 'start', in: [], out: [0] }, openTask(1))
        await story.commit(
          store,
          n,
          { t: 'closed', step: 1, out: [1], output: { ok: true } },
          { t: 'passed', node: 'end', in: [1], out: [] },
          completed,
        )
      })
      expect(rows).toBeLessThanOrEqual(8)
    }
    await store.maintenance.checkpoint()
    expect((statSync(path).size - empty) / count).toBeLessThan(500)
    await store.close()
  }),
)

test(
  'a split of 1,000 branches costs a tick no more at the end than at the beginning',
  withFolder(async (folder) => {
    const path = join(folder, 'millrace.db')
    const store = await openSqliteStore({ path })
    const story = tell(1)
    const opened = Array.from(
      { length: 1_000 },
      (_, index): FactBody => openItem(index + 1, ['group:editors'], { node: `branch-${index}` }),
    )
    await story.commit(store, 1, ...opened)
    const rows: number[] = []
    for (let step = 1; step < 1_000; step++) {
      rows.push(await rowsWritten(() => story.commit(store, step + 1, { t: 'closed', step, out: [step], by: 'bo' }).then(() => undefined)))
    }
    // Facts, the instance, the item, its places and counts, and a snapshot now and then: never a row per branch.
    expect(Math.max(...rows)).toBeLessThanOrEqual(8)
    expect((await store.instances.load([idOf(1)])).get(idOf(1))).toEqual(story.state)
    await store.close()
    const db = new DatabaseSync(path, { readOnly: true })
    const snapshot = db.prepare('select seq from snapshot').get()
    db.close()
    // The state of 1,000 open steps was written once, not 999 times.
    expect(Number(snapshot?.['seq'])).toBe(1_001)
  }),
)
