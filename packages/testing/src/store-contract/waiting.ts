import type { FactBody } from '@millrace/kernel'
import { describe, expect, test } from 'vitest'
import { type OpenHarness, withStore } from './harness.ts'
import { completed, idOf, openItem, openTask, tell } from './story.ts'

const sleep = (step: number, dueAtMs: number): FactBody => ({ t: 'opened', step, node: 'rest', wait: { kind: 'timer', dueAtMs } })
const listen = (step: number, name: string, key?: string): FactBody => ({
  t: 'opened',
  step,
  node: 'listen',
  wait: { kind: 'message', name, ...(key === undefined ? {} : { key }) },
})

export const describeWaiting = (open: OpenHarness): void => {
  describe('timers', () => {
    test(
      'are due in order, with what they are of',
      withStore(open, async ({ store }) => {
        const story = tell(1)
        await story.commit(
          store,
          1_000,
          sleep(1, 9_000),
          openItem(2, ['user:bo'], {
            timers: [
              { timeout: 0, dueAtMs: 5_000 },
              { timeout: 1, dueAtMs: 7_000 },
            ],
          }),
        )
        expect(await store.instances.nextTimerAtMs()).toBe(5_000)
        expect(await store.instances.dueTimers({ beforeMs: 7_000, limit: 9 })).toEqual([
          { instance: story.id, step: 2, timeout: 0, dueAtMs: 5_000 },
          { instance: story.id, step: 2, timeout: 1, dueAtMs: 7_000 },
        ])
        await story.commit(store, 5_000, { t: 'timed-out', step: 2, timeout: 0, timers: [{ timeout: 1, dueAtMs: 7_000 }] })
        await story.commit(store, 6_000, { t: 'closed', step: 2, by: 'bo' })
        expect(await store.instances.dueTimers({ beforeMs: 9_000, limit: 9 })).toEqual([{ instance: story.id, step: 1, dueAtMs: 9_000 }])
        await story.commit(store, 9_000, { t: 'closed', step: 1 }, completed)
        expect(await store.instances.nextTimerAtMs()).toBeUndefined()
      }),
    )

    test(
      'rest while the instance is suspended, and are there again when it is resumed',
      withStore(open, async ({ store }) => {
        const story = tell(1)
        await story.commit(store, 1_000, sleep(1, 2_000))
        await story.commit(store, 1_500, { t: 'suspended', by: 'root' })
        expect(await store.instances.dueTimers({ beforeMs: 9_000, limit: 9 })).toEqual([])
        await story.commit(store, 8_000, { t: 'resumed', by: 'root' })
        expect(await store.instances.dueTimers({ beforeMs: 9_000, limit: 9 })).toEqual([{ instance: story.id, step: 1, dueAtMs: 2_000 }])
      }),
    )

    test(
      'stand for a scheduled start and for the end of a cancel as step 0',
      withStore(open, async ({ store }) => {
        const story = tell(1, { status: 'SCHEDULED', startAtMs: 4_000 })
        await story.commit(store, 1_000)
        expect(await store.instances.dueTimers({ beforeMs: 4_000, limit: 9 })).toEqual([{ instance: story.id, step: 0, dueAtMs: 4_000 }])
        await story.commit(store, 4_000, { t: 'admitted' }, openTask(1))
        expect(await store.instances.nextTimerAtMs()).toBeUndefined()
        await story.commit(store, 5_000, { t: 'cancelling', untilMs: 35_000, by: 'root' })
        expect(await store.instances.dueTimers({ beforeMs: 99_000, limit: 9 })).toEqual([{ instance: story.id, step: 0, dueAtMs: 35_000 }])
        await story.commit(store, 6_000, { t: 'withdrawn', step: 1, reason: 'over' }, { t: 'ended', status: 'ABORTED' })
        expect(await store.instances.nextTimerAtMs()).toBeUndefined()
      }),
    )
  })

  describe('messages', () => {
    test(
      'find who waits for them: by name and, where a key is asked for, by key; oldest first',
      withStore(open, async ({ store }) => {
        const any = tell(1)
        const keyed = tell(2)
        const foreign = tell(3, { workspace: 'other' })
        await keyed.commit(store, 1_000, listen(1, 'paid', 'A1'))
        await any.commit(store, 2_000, listen(1, 'paid'), listen(2, 'shipped'))
        await foreign.commit(store, 3_000, listen(1, 'paid'))
        expect(await store.instances.waiters('default', 'paid', 'A1')).toEqual([
          { instance: keyed.id, step: 1 },
          { instance: any.id, step: 1 },
        ])
        expect(await store.instances.waiters('default', 'paid', 'B2')).toEqual([{ instance: any.id, step: 1 }])
        expect(await store.instances.waiters('default', 'paid')).toEqual([{ instance: any.id, step: 1 }])
        await any.commit(store, 4_000, { t: 'closed', step: 1, output: {} })
        expect(await store.instances.waiters('default', 'paid')).toEqual([])
        expect(await store.instances.waiters('unheard', 'paid')).toEqual([])
      }),
    )

    test(
      'that came early are kept, given out oldest first, and gone when taken',
      withStore(open, async ({ store }) => {
        const paid = (key: string, atMs: number) => ({ workspace: 'default', name: 'paid', key, body: { key }, atMs })
        const early = [paid('A1', 1), paid('B2', 2), paid('A1', 3), { workspace: 'default', name: 'bare', body: null, atMs: 4 }]
        await store.instances.commit({ atMs: 5, changes: [], keptMessages: early })
        const first = await store.instances.keptMessage('default', 'paid', 'A1')
        expect(first).toMatchObject(paid('A1', 1))
        expect(await store.instances.keptMessage('default', 'paid')).toEqual(first)
        expect(await store.instances.keptMessage('other', 'paid')).toBeUndefined()
        await store.instances.commit({ atMs: 6, changes: [], takenMessages: [first?.id ?? -1] })
        expect(await store.instances.keptMessage('default', 'paid')).toMatchObject(paid('B2', 2))
        expect(await store.instances.keptMessage('default', 'paid', 'A1')).toMatchObject(paid('A1', 3))
        const all = await store.instances.keptMessages({ after: 0, limit: 2 })
        expect(all.map(({ atMs }) => atMs)).toEqual([2, 3])
        const rest = await store.instances.keptMessages({ after: all.at(-1)?.id ?? 0, limit: 9 })
        expect(rest).toEqual([{ id: rest[0]?.id, workspace: 'default', name: 'bare', body: null, atMs: 4 }])
      }),
    )
  })

  describe('locks', () => {
    test(
      'keep the order of requests and since when each is held or waited for',
      withStore(open, async ({ store }) => {
        const first = tell(1, { locks: ['printer'] })
        const second = tell(2, { locks: ['printer', 'system'], status: 'QUEUED', force: true })
        const idle = tell(3)
        await first.commit(store, 1_000, openTask(1))
        await second.commit(store, 2_000)
        await idle.commit(store, 2_500, openTask(1))
        const rows = await store.instances.lockRows()
        expect(rows.map(({ instance, status, locks, force, sinceMs }) => ({ instance, status, locks, force, sinceMs }))).toEqual([
          { instance: first.id, status: 'RUNNING', locks: ['printer'], force: false, sinceMs: 1_000 },
          { instance: second.id, status: 'QUEUED', locks: ['printer', 'system'], force: true, sinceMs: 2_000 },
        ])
        await first.commit(store, 3_000, { t: 'closed', step: 1 }, completed)
        await second.commit(store, 4_000, { t: 'admitted' }, openTask(1))
        await second.commit(store, 5_000, { t: 'suspended' })
        const [held, ...none] = await store.instances.lockRows()
        expect(held).toMatchObject({ instance: second.id, status: 'SUSPENDED', sinceMs: 4_000, order: rows[1]?.order })
        expect(none).toEqual([])
      }),
    )
  })

  describe('first answers', () => {
    test(
      'are found again by workspace, person, route and key',
      withStore(open, async ({ store }) => {
        const answer = { workspace: 'default', user: 'ana', route: 'POST /instances', key: 'k', bodyHash: 'h', answer: { id: idOf(1) } }
        await store.instances.commit({ atMs: 1_000, changes: [], answers: [answer] })
        expect(await store.instances.answer('default', 'ana', 'POST /instances', 'k')).toEqual(answer)
        expect(await store.instances.answer('default', 'bo', 'POST /instances', 'k')).toBeUndefined()
      }),
    )

    test(
      'tell the position of their own commit where they are asked to',
      withStore(open, async ({ store }) => {
        const key = { workspace: 'default', user: 'ana', route: 'POST /instances', key: 'k', bodyHash: 'h' }
        const { position } = await store.instances.commit({
          atMs: 1_000,
          changes: [tell(1).tick(1_000)],
          answers: [{ ...key, answer: { id: idOf(1), seq: 0 }, tellsPosition: true }],
        })
        expect(position).toBeGreaterThan(0)
        expect(await store.instances.answer('default', 'ana', 'POST /instances', 'k')).toEqual({
          ...key,
          answer: { id: idOf(1), seq: position },
        })
      }),
    )
  })
}
