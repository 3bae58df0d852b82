import type { FeedEvent } from '@millrace/protocol'
import { describe, expect, test } from 'vitest'
import { type OpenHarness, withStore } from './harness.ts'
import { completed, openItem, openTask, tell } from './story.ts'

const DAY_MS = 86_400_000

export const describeFeed = (open: OpenHarness): void => {
  describe('the history', () => {
    test(
      'says who, on whose behalf, at which node, in which run',
      withStore(open, async ({ store }) => {
        const story = tell(1)
        await story.commit(store, 1_000, { t: 'passed', node: 'start', in: [], out: [0] }, openItem(1, ['user:bo'], { node: 'review' }))
        await story.commit(store, 2_000, { t: 'closed', step: 1, by: 'root', for: 'bo', route: 'approve', out: [1] }, completed)
        const history = await store.queries.history(story.id, { limit: 9 })
        expect(history[0]).toMatchObject({ seq: 1, atMs: 1_000, type: 'created', run: 1, by: 'ana', details: { workflow: 'publish' } })
        expect(history.slice(1)).toEqual([
          { seq: 2, atMs: 1_000, type: 'passed', run: 1, node: 'start', details: { in: [], out: [0] } },
          {
            seq: 3,
            atMs: 1_000,
            type: 'opened',
            run: 1,
            node: 'review',
            step: 1,
            details: { wait: { kind: 'work-item', title: 'Review 1', candidates: ['user:bo'], priority: 50, version: 1 } },
          },
          {
            seq: 4,
            atMs: 2_000,
            type: 'closed',
            run: 1,
            node: 'review',
            step: 1,
            by: 'root',
            onBehalfOf: 'bo',
            details: { route: 'approve', out: [1] },
          },
          { seq: 5, atMs: 2_000, type: 'ended', run: 1, details: { status: 'COMPLETED' } },
        ])
      }),
    )
  })

  describe('the feed', () => {
    test(
      'tells listeners what each commit changed, and tells it again to who comes later',
      withStore(open, async ({ store, clock }) => {
        const heard: FeedEvent[] = []
        const stop = store.subscribe((events) => void heard.push(...events))
        clock.nowMs = 1_000
        const story = tell(1, { locks: ['printer'] })
        await story.commit(store, 1_000, openItem(1, ['user:bo']), openTask(2))
        await story.commit(store, 2_000, { t: 'incident', step: 2, error: { code: 'X', message: 'x' } })
        await story.commit(store, 3_000, { t: 'claimed', step: 1, by: 'bo' }, { t: 'commented', step: 1, text: 'ok', by: 'bo' })
        await store.people.saveUser({ name: 'ana', displayName: 'Ana', roles: [], groups: [], isActive: true, createdAtMs: 1 }, 'root')
        await story.commit(
          store,
          4_000,
          { t: 'closed', step: 1, by: 'bo', data: { done: true } },
          { t: 'incident-resolved', step: 2, how: 'skipped' },
          { t: 'closed', step: 2, skipped: true },
          completed,
        )
        stop()
        await tell(2).commit(store, 5_000)
        const item = `${story.id}.1`
        const incident = `${story.id}.2`
        expect(heard.map(({ noun, id, changed, version, workspace }) => [noun, id, changed, version, workspace])).toEqual([
          ['instance', story.id, ['created', 'steps'], 3, 'default'],
          ['work-item', item, ['created'], undefined, 'default'],
          ['lock', 'printer', ['holders', 'queue'], undefined, 'default'],
          ['instance', story.id, ['steps', 'incidents'], 4, 'default'],
          ['incident', incident, ['created'], undefined, 'default'],
          ['instance', story.id, ['steps'], 6, 'default'],
          ['work-item', item, ['assignee', 'comments'], undefined, 'default'],
          ['user', 'ana', ['user'], undefined, undefined],
          ['instance', story.id, ['steps', 'data', 'incidents', 'status'], 10, 'default'],
          ['work-item', item, ['status'], undefined, 'default'],
          ['incident', incident, ['status'], undefined, 'default'],
          ['lock', 'printer', ['holders', 'queue'], undefined, 'default'],
        ])
        const seqs = heard.map(({ seq }) => seq)
        expect(seqs).toEqual(Array.from(seqs, (_, index) => index + 1))
        expect(await store.queries.feed(0, 99)).toEqual([...heard, expect.objectContaining({ noun: 'instance', atMs: 5_000 })])
        expect(await store.queries.feed(4, 3)).toEqual(heard.slice(4, 7))
        expect(await store.queries.position()).toBe(13)
        expect(await store.queries.feed(13, 3)).toEqual([])
        // A position nobody has been given comes from before a restore.
        await expect(store.queries.feed(14, 3)).rejects.toMatchObject({ code: 'CURSOR_GONE' })
      }),
    )

    test(
      'goes on with greater positions after it was closed and opened',
      withStore(open, async ({ store, reopen }) => {
        const before = await tell(1).commit(store, 1_000, openTask(1))
        if (reopen === undefined) return expect(before).toBe(1)
        const again = await reopen()
        expect(await again.queries.position()).toBe(before)
        expect(await tell(2).commit(again, 2_000, openTask(1))).toBeGreaterThan(before)
      }),
    )

    test(
      'is kept for a week; who asks for more is told to begin afresh',
      withStore(open, async ({ store }) => {
        const old = await tell(1).commit(store, 1_000, openTask(1))
        const young = await tell(2).commit(store, 3 * DAY_MS, openTask(1))
        await store.maintenance.expire(9 * DAY_MS)
        expect((await store.queries.feed(old, 9)).map(({ seq }) => seq)).toEqual([young])
        await expect(store.queries.feed(0, 9)).rejects.toMatchObject({ code: 'CURSOR_GONE' })
        await store.maintenance.expire(90 * DAY_MS)
        expect(await store.queries.feed(young, 9)).toEqual([])
        await expect(store.queries.feed(old, 9)).rejects.toMatchObject({ code: 'CURSOR_GONE' })
      }),
    )

    test(
      'goes on when a listener throws: the commit stands, and other listeners hear of it',
      withStore(open, async ({ store }) => {
        const heard: string[] = []
        const thrown: unknown[] = []
        const catchIt = (error: unknown) => void thrown.push(error)
        const others = process.listeners('uncaughtException')
        process.removeAllListeners('uncaughtException').on('uncaughtException', catchIt)
        store.subscribe(() => {
          throw new Error('A listener of the test throws.')
        })
        store.subscribe((events) => void heard.push(...events.map(({ noun }) => noun)))
        await tell(1).commit(store, 1_000)
        await new Promise((resolve) => setImmediate(resolve))
        process.removeListener('uncaughtException', catchIt)
        for (const other of others) process.on('uncaughtException', other)
        expect(heard).toEqual(['instance'])
        expect(thrown).toEqual([new Error('A listener of the test throws.')])
      }),
    )
  })
}
