import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { everythingIn, idOf, openItem, openTask, operator, tell, withFolder } from '@millrace/testing/store-contract'
import { expect, test, vi } from 'vitest'
import { openSqliteStore } from './open-sqlite-store.ts'

/** Tables that grow with the work done; those that do not (versions, people, locks held) may be read whole. */
const LARGE = [
  'instance',
  'fact',
  'snapshot',
  'work_item',
  'inbox',
  'involved',
  'step',
  'timer',
  'incident',
  'blob',
  'blob_use',
  'message',
  'answer',
  'change',
]

/** A search that knows no more of its rows than their workspace, of which most servers have one; once for each row of something else it is a product. */
const ONLY_WORKSPACE = /^SEARCH (\w+) .*\(workspace=\?\)$/

/** Statements that walk a large table on purpose, with the reason. */
const ON_PURPOSE: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/^select max\(coalesce/, 'reads the right edges only'],
  [/min\(due\) as due from timer$/, 'reads the left edge only'],
  [/from fact where position < \? order by position desc limit/, 'walks newest first, a slice at a time'],
  [/^delete from (message|answer|session|change) /, 'once an hour, a slice at a time'],
]

const KEYWORDS = new Set(['where', 'join', 'left', 'cross', 'on', 'order', 'limit', 'group', 'set', 'union', 'indexed'])

/** Large tables of a statement, by the names its plan uses: their own, or the short ones it gives them. */
const namesOfLarge = (text: string): ReadonlySet<string> =>
  new Set(
    LARGE.flatMap((table) =>
      [...text.matchAll(new RegExp(`\\b(?:from|join|into|update) ${table}\\b(?: +(\\w+))?`, 'g'))].map(([, alias]) =>
        alias === undefined || KEYWORDS.has(alias) ? table : alias,
      ),
    ),
  )

test(
  'no statement walks a table that grows with the work done',
  withFolder(async (folder) => {
    const path = join(folder, 'millrace.db')
    const prepare = vi.spyOn(DatabaseSync.prototype, 'prepare')
    const store = await openSqliteStore({ path, now: () => 2_000 })
    const stories = [1, 2, 3].map((n) =>
      tell(n, { locks: ['printer'], payload: { kind: 'path', ref: '/a' }, parent: { instance: idOf(9), step: 1 } }),
    )
    for (const story of stories) {
      await story.commit(store, 1_000, openTask(1), openItem(2, ['group:editors', 'user:bo'], { timers: [{ timeout: 0, dueAtMs: 9_000 }] }))
      await story.commit(store, 2_000, { t: 'incident', step: 1, error: { code: 'X', message: 'x' } })
    }
    await everythingIn(
      store,
      stories.map(({ id }) => id),
    )
    for (const filter of [{ parent: idOf(9) }, { incidentGroup: 'x' }, { workflow: 'publish', kind: 'graph' as const }]) {
      await store.queries.instances({ workspace: 'default', reader: operator, ...filter }, { limit: 9 })
    }
    await store.queries.findInstances('default', idOf(1), 9)
    await store.queries.inbox({ workspace: 'default', reader: operator, view: 'all', instance: idOf(1) }, { limit: 9 })
    await store.instances.keptMessages({ after: 0, limit: 9 })
    await store.instances.keptMessage('default', 'paid', 'A1')
    await store.instances.answer('default', 'ana', 'r', 'k')
    await store.maintenance.expire(9_000)
    await stories[0]?.commit(
      store,
      3_000,
      { t: 'withdrawn', step: 1, reason: 'x' },
      { t: 'withdrawn', step: 2, reason: 'x' },
      { t: 'ended', status: 'ABORTED' },
    )
    await store.maintenance.purge({ workspace: 'default', workflow: 'publish', endedBeforeMs: 9_000, limit: 9 })
    const texts = [...new Set(prepare.mock.calls.map(([text]) => text.trim()))].filter((text) =>
      /^(select|insert|update|delete)/i.test(text),
    )
    prepare.mockRestore()
    await store.close()

    const db = new DatabaseSync(path)
    db.function('contains', (_text, _part) => 0)
    db.function('is_at', (_data, _path, _wanted) => 0)
    const walks = texts.flatMap((text) => {
      if (ON_PURPOSE.some(([pattern]) => pattern.test(text))) return []
      const large = namesOfLarge(text)
      const plan = db.prepare(`explain query plan ${text}`).all() as unknown as readonly PlanRow[]
      return plan.flatMap((row) => {
        const { detail } = row
        const [, walked] = /^SCAN (\w+)/.exec(detail) ?? (isRepeated(row, plan) ? ONLY_WORKSPACE.exec(detail) : undefined) ?? []
        return walked !== undefined && large.has(walked) ? [`${detail}: ${text}`] : []
      })
    })
    db.close()
    expect(texts.length).toBeGreaterThan(60)
    expect(walks).toEqual([])
  }),
)

interface PlanRow {
  readonly id: number
  readonly parent: number
  readonly detail: string
}

/** It runs once for each row of the query around it. */
const isRepeated = ({ parent }: PlanRow, plan: readonly PlanRow[]): boolean => {
  const above = plan.find(({ id }) => id === parent)
  return above !== undefined && (above.detail.startsWith('CORRELATED') || isRepeated(above, plan))
}
