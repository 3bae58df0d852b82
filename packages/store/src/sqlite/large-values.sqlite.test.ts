import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { completed, idOf, openTask, operator, tell, withFolder } from '@millrace/testing/store-contract'
import { expect, test } from 'vitest'
import { openSqliteStore } from './open-sqlite-store.ts'

const rows = Array.from({ length: 3_000 }, (_, n) => ({ n, name: `Row number ${n}` }))
const text = 'x'.repeat(70_000)

test(
  'values over 64 KiB are stored once beside facts and states, and come back as they were',
  withFolder(async (folder) => {
    const path = join(folder, 'millrace.db')
    const store = await openSqliteStore({ path })
    const story = tell(1, { payload: { kind: 'json', json: { rows } }, data: { rows, small: 1 }, input: [text] })
    await story.commit(store, 1_000, { ...openTask(1), wait: { kind: 'task', task: 'log', attempt: 1, input: { text, rows } } } as never)
    await story.commit(store, 2_000, { t: 'closed', step: 1, output: { rows }, data: { deep: { er: [text, text] } } })
    for (let step = 2; step < 80; step++) await story.commit(store, 3_000, openTask(step), { t: 'closed', step, output: step })
    await story.commit(store, 4_000, { ...completed, output: { text } } as never)
    expect((await store.instances.load([story.id])).get(story.id)).toEqual(story.state)
    const facts = await store.instances.facts(story.id)
    expect(facts[0]?.fact).toMatchObject({ data: { rows, small: 1 }, payload: { kind: 'json', json: { rows } }, input: [text] })
    expect(facts[2]?.fact).toMatchObject({ output: { rows }, data: { deep: { er: [text, text] } } })
    const list = await store.queries.instances({ workspace: 'default', reader: operator, data: { small: 1 } }, { limit: 9 })
    expect(list.items[0]?.payload).toEqual({ kind: 'json', json: { rows } })
    await store.close()

    const db = new DatabaseSync(path, { readOnly: true })
    // The text, and the list of rows: alone, they are the same wherever they stand.
    expect(db.prepare('select count(*) as n from blob').get()).toEqual({ n: 2 })
    expect(Number(db.prepare('select max(length(body)) as n from fact').get()?.['n'])).toBeLessThan(5_000)
    db.close()
    const again = await openSqliteStore({ path })
    expect((await again.instances.load([idOf(1)])).get(idOf(1))).toEqual(story.state)
    await again.close()
  }),
)

test(
  'an author may call a key what we call our references',
  withFolder(async (folder) => {
    const store = await openSqliteStore({ path: join(folder, 'millrace.db') })
    const data = { $blob: 'mine', nested: { $blob: { $$blob: text } }, $$blob: null }
    const story = tell(1, { data, payload: { kind: 'json', json: data } })
    await story.commit(store, 1_000, openTask(1), { t: 'closed', step: 1, output: data })
    for (let step = 2; step < 80; step++) await story.commit(store, 2_000, openTask(step), { t: 'closed', step })
    expect((await store.instances.load([story.id])).get(story.id)).toEqual(story.state)
    expect((await store.instances.facts(story.id, { after: 2, limit: 1 }))[0]?.fact).toMatchObject({ output: data })
    await store.close()
  }),
)
