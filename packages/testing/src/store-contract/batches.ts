import type { BatchRecord, BatchRow } from '@millrace/protocol'
import { describe, expect, test } from 'vitest'
import { type OpenHarness, withStore } from './harness.ts'
import { idOf } from './story.ts'

const batch = (n: number, more: Partial<BatchRecord> = {}): BatchRecord => ({
  id: idOf(1_000 + n),
  workspace: 'default',
  action: 'retry',
  status: 'running',
  request: { action: 'retry', group: 'g', stages: [1, 10], stopAtFailure: true },
  by: 'root',
  stage: 0,
  stages: [1, 2],
  total: 3,
  createdAtMs: 1_000 + n,
  updatedAtMs: 1_000 + n,
  ...more,
})

const row = (n: number, more: Partial<BatchRow> = {}): BatchRow => ({
  n,
  stage: n === 1 ? 1 : 2,
  instance: idOf(n),
  step: 4,
  title: `Instance ${n}`,
  state: 'waiting',
  ...more,
})

export const describeBatches = (open: OpenHarness): void => {
  describe('batches', () => {
    test(
      'are kept with their rows and counted by state',
      withStore(open, async ({ store }) => {
        const made = batch(1, {
          onBehalfOf: 'ana',
          request: { action: 'skip', instances: [idOf(1)], route: 'x', stages: [], stopAtFailure: false },
        })
        const { step: _, ...whole } = row(3)
        await store.batches.create(made, [row(1), row(2), whole])
        const counts = { waiting: 3, running: 0, done: 0, failed: 0, refused: 0, left: 0 }
        expect(await store.batches.batch(made.id)).toEqual({ ...made, counts })
        expect(await store.batches.rows(made.id, { limit: 9 })).toEqual([row(1), row(2), whole])
        const problem = { code: 'TASK_FAILED', message: 'HTTP 503', retryable: false }
        const changed = { ...made, status: 'stopped' as const, stage: 1, updatedAtMs: 5_000 }
        const failed = row(1, { state: 'failed', startedAtMs: 2_000, endedAtMs: 3_000, problem })
        await store.batches.save(changed, [failed, row(2, { state: 'running', startedAtMs: 2_000 })])
        expect(await store.batches.batch(made.id)).toEqual({ ...changed, counts: { ...counts, waiting: 1, running: 1, failed: 1 } })
        expect(await store.batches.rows(made.id, { state: ['failed', 'waiting'], limit: 9 })).toEqual([failed, whole])
        expect(await store.batches.rows(made.id, { after: 1, limit: 1 })).toEqual([row(2, { state: 'running', startedAtMs: 2_000 })])
        expect(await store.batches.batch(idOf(9))).toBeUndefined()
        expect(await store.batches.rows(idOf(9), { limit: 9 })).toEqual([])
      }),
    )

    test(
      'are listed newest first, page by page, per workspace; those that run are found at start',
      withStore(open, async (harness) => {
        const { store } = harness
        for (const n of [1, 2, 3]) await store.batches.create(batch(n), [row(1)])
        await store.batches.create(batch(4, { workspace: 'other' }), [row(1)])
        await store.batches.save({ ...batch(2), status: 'completed', endedAtMs: 9_000 })
        await store.batches.save({ ...batch(1), status: 'stopped' }, [row(1, { state: 'running' })])
        const first = await store.batches.batches('default', { limit: 2 })
        expect(first.items.map(({ id, status }) => [id, status])).toEqual([
          [batch(3).id, 'running'],
          [batch(2).id, 'completed'],
        ])
        expect(first.items[0]).not.toHaveProperty('workspace')
        const second = await store.batches.batches('default', { limit: 2, cursor: first.next })
        expect(second.items.map(({ id }) => id)).toEqual([batch(1).id])
        expect(second.next).toBeUndefined()
        const running = async (at: typeof store) => (await at.batches.unfinished()).map(({ id }) => id).sort()
        expect(await running(store)).toEqual([batch(1).id, batch(3).id, batch(4).id])
        if (harness.reopen !== undefined) expect(await running(await harness.reopen())).toEqual([batch(1).id, batch(3).id, batch(4).id])
      }),
    )

    test(
      'tell listeners of their progress',
      withStore(open, async ({ store }) => {
        const heard: unknown[] = []
        store.subscribe((events) => heard.push(...events.map(({ noun, id, workspace, changed }) => [noun, id, workspace, changed])))
        await store.batches.create(batch(1), [row(1)])
        await store.batches.save({ ...batch(1), stage: 1 })
        expect(heard).toEqual([
          ['batch', batch(1).id, 'default', ['created']],
          ['batch', batch(1).id, 'default', ['progress']],
        ])
        expect((await store.queries.feed(0, 9)).map(({ noun }) => noun)).toEqual(['batch', 'batch'])
      }),
    )
  })
}
