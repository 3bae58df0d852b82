import { describe, expect, test } from 'vitest'
import { type OpenHarness, withStore } from './harness.ts'
import { completed, idOf, openItem, openTask, tell } from './story.ts'

export const describeInstances = (open: OpenHarness): void => {
  describe('instances', () => {
    test(
      'give back the state they were committed with, and nothing for an id that does not exist',
      withStore(open, async ({ store }) => {
        const story = tell(1, { data: { amount: 5 }, payload: { kind: 'json', json: { page: '/a' } }, priority: 80 })
        await story.commit(store, 1_000, openTask(1))
        expect(await store.instances.load([story.id, idOf(2)])).toEqual(new Map([[story.id, story.state]]))
        await story.commit(store, 2_000, { t: 'closed', step: 1, output: { ok: true }, data: { amount: 6 } }, completed)
        expect((await store.instances.load([story.id])).get(story.id)).toEqual(story.state)
      }),
    )

    test(
      'keep every word of every fact, with its number',
      withStore(open, async ({ store }) => {
        const story = tell(1, {
          by: 'root',
          for: 'ana',
          locks: ['printer'],
          force: true,
          parent: { instance: idOf(99), step: 3 },
          input: null,
          startAtMs: 5_000,
          status: 'SCHEDULED',
        })
        const changes = [
          story.tick(1_000),
          story.tick(5_000, { t: 'admitted' }, openItem(1, ['group:editors'], { timers: [{ timeout: 0, dueAtMs: 9_000 }] })),
          story.tick(6_000, { t: 'claimed', step: 1, by: 'bo' }, { t: 'commented', step: 1, text: 'Soon.', by: 'bo', for: 'cy' }),
          story.tick(7_000, { t: 'closed', step: 1, by: 'bo', route: 'approve', comment: 'Fine', output: null }, completed),
        ]
        for (const change of changes) await store.instances.commit({ atMs: change.facts[0]?.at ?? 0, changes: [change] })
        const facts = changes.flatMap((change) => change.facts)
        expect(await store.instances.facts(story.id)).toEqual(facts.map((fact, index) => ({ seq: index + 1, fact })))
        expect(await store.instances.facts(story.id, { after: 2, limit: 3 })).toEqual(
          facts.slice(2, 5).map((fact, index) => ({ seq: index + 3, fact })),
        )
        expect(await store.instances.facts(idOf(7))).toEqual([])
      }),
    )

    test(
      'of one batch are all there or, when one of them is wrong, none',
      withStore(open, async ({ store }) => {
        const first = tell(1)
        await first.commit(store, 1_000, openTask(1))
        const good = tell(2).tick(2_000, openTask(1))
        const wrong = tell(1).tick(2_000, openTask(1))
        await expect(store.instances.commit({ atMs: 2_000, changes: [good, wrong] })).rejects.toThrow(Error)
        expect(await store.instances.load([good.after.id])).toEqual(new Map())
        expect((await store.instances.load([first.id])).get(first.id)).toEqual(first.state)
        expect(await store.queries.position()).toBe(1)
        await store.instances.commit({ atMs: 3_000, changes: [good] })
        expect((await store.instances.load([good.after.id])).get(good.after.id)).toEqual(good.after)
      }),
    )

    test(
      'are listed while they are open, in the order they began, page by page and by workspace',
      withStore(open, async ({ store }) => {
        const stories = [tell(1), tell(2), tell(3, { workspace: 'other' }), tell(4), tell(5)]
        await store.instances.commit({ atMs: 1_000, changes: stories.map((story) => story.tick(1_000, openTask(1))) })
        await stories[1]?.commit(store, 2_000, { t: 'closed', step: 1 }, completed)
        expect(await store.instances.open({ limit: 2, workspace: 'default' })).toEqual([idOf(1), idOf(4)])
        expect(await store.instances.open({ limit: 2, workspace: 'default', after: idOf(4) })).toEqual([idOf(5)])
        expect(await store.instances.open({ limit: 9, workspace: 'other' })).toEqual([idOf(3)])
        expect(await store.instances.open({ limit: 9, workspace: 'unheard' })).toEqual([])
        expect([...(await store.instances.open({ limit: 9 }))].sort()).toEqual([1, 3, 4, 5].map(idOf))
      }),
    )

    test(
      'are unfinished while an attempt runs or code handles a delivery, and not while they wait',
      withStore(open, async ({ store }) => {
        const unfinished = () => store.instances.unfinished({ limit: 9 })
        const story = tell(1)
        await story.commit(store, 1_000, openTask(1))
        expect(await unfinished()).toEqual([story.id])
        await story.commit(store, 2_000, {
          t: 'attempt-failed',
          step: 1,
          attempt: 1,
          error: { code: 'TASK_FAILED', message: 'no' },
          retryAtMs: 9_000,
        })
        expect(await unfinished()).toEqual([])
        await story.commit(store, 9_000, { t: 'attempt-started', step: 1, attempt: 2 })
        expect(await unfinished()).toEqual([story.id])
        await story.commit(store, 10_000, { t: 'incident', step: 1, error: { code: 'TASK_FAILED', message: 'no' } })
        expect(await unfinished()).toEqual([])

        const code = tell(2, { kind: 'code' })
        await code.commit(store, 11_000)
        expect(await unfinished()).toEqual([code.id])
        await code.commit(store, 12_000, { ...openItem(1, ['user:bo']), call: 1 } as never)
        expect(await unfinished()).toEqual([])
        await code.commit(store, 13_000, { t: 'closed', step: 1, by: 'bo', output: {} })
        expect(await unfinished()).toEqual([code.id])
        await code.commit(store, 14_000, completed)
        expect(await unfinished()).toEqual([])
      }),
    )

    test(
      'may restart after their end, as the next run of the same instance',
      withStore(open, async ({ store }) => {
        const story = tell(1)
        await story.commit(store, 1_000, openTask(1))
        await story.commit(store, 2_000, { t: 'withdrawn', step: 1, reason: 'over' }, { t: 'ended', status: 'ABORTED', by: 'root' })
        expect(await store.instances.open({ limit: 9 })).toEqual([])
        await story.commit(store, 3_000, { t: 'restarted', run: 2, status: 'RUNNING', data: { again: true }, by: 'root' }, openTask(2))
        expect(await store.instances.open({ limit: 9 })).toEqual([story.id])
        expect((await store.instances.load([story.id])).get(story.id)).toEqual(story.state)
        const history = await store.queries.history(story.id, { limit: 99 })
        expect(history.map(({ type, run }) => [type, run])).toEqual([
          ['created', 1],
          ['opened', 1],
          ['withdrawn', 1],
          ['ended', 1],
          ['restarted', 2],
          ['opened', 2],
        ])
      }),
    )

    test(
      'with hundreds of facts load and page as short ones do',
      withStore(open, async ({ store }) => {
        const story = tell(1)
        await story.commit(store, 1_000, openTask(1))
        for (let step = 1; step <= 150; step++) {
          await story.commit(
            store,
            1_000 + step,
            { t: 'closed', step, output: step, data: { turn: step } },
            openTask(step + 1, `turn-${step + 1}`),
          )
        }
        expect((await store.instances.load([story.id])).get(story.id)).toEqual(story.state)
        const all = await store.instances.facts(story.id)
        expect(all.map(({ seq }) => seq)).toEqual(Array.from({ length: 302 }, (_, index) => index + 1))
        for (const after of [0, 1, 2, 62, 63, 64, 65, 66, 67, 150, 299, 300, 301, 302]) {
          expect(await store.instances.facts(story.id, { after, limit: 4 })).toEqual(all.slice(after, after + 4))
          const page = await store.queries.history(story.id, { after, limit: 4 })
          expect(page.map(({ seq }) => seq)).toEqual(all.slice(after, after + 4).map(({ seq }) => seq))
          const back = await store.queries.history(story.id, { before: after, limit: 4 })
          expect(back.map(({ seq }) => seq)).toEqual(all.slice(Math.max(0, after - 5), Math.max(0, after - 1)).map(({ seq }) => seq))
        }
        const [closed] = await store.queries.history(story.id, { after: 200, limit: 1 })
        expect(closed).toMatchObject({ type: 'closed', step: 100, node: 'turn-100' })
      }),
    )
  })
}
