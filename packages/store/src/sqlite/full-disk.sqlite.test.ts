import { join } from 'node:path'
import { completed, idOf, openItem, operator, tell, withFolder } from '@millrace/testing/store-contract'
import { expect, test } from 'vitest'
import { storeError } from './errors.ts'
import { openSqliteStore } from './open-sqlite-store.ts'

test(
  'a full disk refuses a commit whole, and work goes on once there is room',
  withFolder(async (folder) => {
    const store = await openSqliteStore({ path: join(folder, 'millrace.db'), maxBytes: 1_048_576 })
    const heard: number[] = []
    store.subscribe((events) => void heard.push(events.length))
    const text = 'x'.repeat(10_000)
    const fill = (n: number) =>
      store.instances.commit({
        atMs: n,
        changes: [
          tell(n, { data: { text } }).tick(n, completed),
          tell(n + 1_000, { workspace: `w${n}` }).tick(n, openItem(1, [`user:person-${n}`])),
        ],
      })
    let n = 1
    let refusal: unknown
    while (refusal === undefined && n < 500)
      await fill(n).then(
        () => n++,
        (error: unknown) => (refusal = error),
      )
    expect(refusal).toMatchObject({ code: 'STORE_FULL', retryable: true, status: 507 })

    const position = await store.queries.position()
    const commits = heard.length
    expect(commits).toBe(n - 1)
    for (let again = 0; again < 3; again++) await expect(fill(n)).rejects.toMatchObject({ code: 'STORE_FULL' })
    expect(await store.queries.position()).toBe(position)
    expect(heard).toHaveLength(commits)
    expect(await store.instances.load([idOf(n), idOf(n + 1_000)])).toEqual(new Map())
    expect((await store.queries.instanceCounts('default', operator)).byStatus).toEqual({ COMPLETED: n - 1 })

    expect(await store.maintenance.purge({ workspace: 'default', workflow: 'publish', endedBeforeMs: n, limit: 20 })).toBe(20)
    await fill(n)
    expect(await store.queries.position()).toBeGreaterThan(position)
    expect((await store.instances.load([idOf(n)])).size).toBe(1)
    const inbox = await store.queries.inbox(
      { workspace: `w${n}`, reader: { user: `person-${n}`, groups: [], seesAll: false }, view: 'mine' },
      { limit: 9 },
    )
    expect(inbox.items).toHaveLength(1)
    await store.close()
  }),
)

test('a failed write or sync is told apart from a full disk: it is fatal, and not to be tried again', () => {
  const sqliteError = (errcode: number) => Object.assign(new Error('disk I/O error'), { code: 'ERR_SQLITE_ERROR', errcode })
  const fsync = 10 | (4 << 8)
  expect(storeError(sqliteError(fsync), '/data/m.db')).toMatchObject({ code: 'STORE_FAILED', retryable: false })
  expect(storeError(sqliteError(11), '/data/m.db')).toMatchObject({ code: 'STORE_FAILED' })
  expect(storeError(sqliteError(13), '/data/m.db')).toMatchObject({ code: 'STORE_FULL', retryable: true })
  const other = new Error('a bug')
  expect(storeError(other, '/data/m.db')).toBe(other)
})
