import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { idOf, openTask, tell, withFolder } from '@millrace/testing/store-contract'
import { expect, test } from 'vitest'
import { SCHEMA } from './migrate.ts'
import { openSqliteStore } from './open-sqlite-store.ts'

const edit = (path: string, sql: string) => {
  const db = new DatabaseSync(path)
  db.exec(sql)
  db.close()
}

test(
  'the migrations lead to the golden schema',
  withFolder(async (folder) => {
    const path = join(folder, 'millrace.db')
    const store = await openSqliteStore({ path })
    expect(await store.maintenance.facts()).toMatchObject({ format: SCHEMA })
    await store.close()
    const db = new DatabaseSync(path, { readOnly: true })
    const rows = db.prepare('select sql from sqlite_schema where sql is not null order by type desc, name').all()
    db.close()
    await expect(`${rows.map(({ sql }) => String(sql)).join(';\n\n')};\n`).toMatchFileSnapshot('golden/schema.sql')
  }),
)

test(
  'a file of a newer release is refused by name, and left as it is',
  withFolder(async (folder) => {
    const path = join(folder, 'millrace.db')
    await (await openSqliteStore({ path })).close()
    edit(path, `pragma user_version = ${SCHEMA + 1}`)
    await expect(openSqliteStore({ path })).rejects.toMatchObject({
      code: 'NEWER_FORMAT',
      message: expect.stringContaining(`schema ${SCHEMA + 1} in ${path}`),
    })
    await expect(openSqliteStore({ path, readOnly: true })).rejects.toMatchObject({ code: 'NEWER_FORMAT' })
    edit(path, `pragma user_version = ${SCHEMA}`)
    await (await openSqliteStore({ path })).close()
  }),
)

test(
  'facts and states of a newer format are refused one by one',
  withFolder(async (folder) => {
    const path = join(folder, 'millrace.db')
    const store = await openSqliteStore({ path })
    await tell(1).commit(store, 1_000, openTask(1))
    await tell(2).commit(store, 1_000, openTask(1))
    await store.close()
    edit(path, 'update fact set format = 9 where position = 1')
    const again = await openSqliteStore({ path })
    await expect(again.instances.load([idOf(1)])).rejects.toMatchObject({ code: 'NEWER_FORMAT' })
    expect((await again.instances.load([idOf(2)])).size).toBe(1)
    await again.close()
  }),
)

test(
  'a database of another program is not touched',
  withFolder(async (folder) => {
    const path = join(folder, 'other.db')
    edit(path, 'create table theirs (x)')
    await expect(openSqliteStore({ path })).rejects.toThrow('another program')
    const db = new DatabaseSync(path, { readOnly: true })
    expect(db.prepare('select name from sqlite_schema').all()).toEqual([{ name: 'theirs' }])
    db.close()
  }),
)
