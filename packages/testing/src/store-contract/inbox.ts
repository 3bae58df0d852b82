import type { InboxFilter, Reader, Store } from '@millrace/protocol'
import { describe, expect, test } from 'vitest'
import { type OpenHarness, withStore } from './harness.ts'
import { member, operator } from './reader.ts'
import { completed, openItem, openTask, tell } from './story.ts'

type View = InboxFilter['view']

const titles = async (store: Store, view: View, reader: Reader, more: Partial<InboxFilter> = {}): Promise<readonly string[]> => {
  const page = await store.queries.inbox({ workspace: 'default', reader, view, ...more }, { limit: 99 })
  return page.items.map(({ title }) => title)
}

export const describeInbox = (open: OpenHarness): void => {
  describe('the inbox', () => {
    test(
      'offers an item to its assignee, or else to every candidate, each once',
      withStore(open, async ({ store }) => {
        const story = tell(1)
        await story.commit(
          store,
          1_000,
          openItem(1, ['group:editors'], { title: 'For editors' }),
          openItem(2, ['user:bo', 'group:editors'], { title: 'For Bo or editors' }),
          openItem(3, ['group:editors', 'group:chiefs'], { title: 'For two groups' }),
          openItem(4, ['group:editors'], { title: 'Of Bo', assignee: 'bo' }),
        )
        const bo = member('bo', 'editors', 'chiefs')
        expect(await titles(store, 'mine', bo)).toEqual(['For Bo or editors', 'Of Bo'])
        expect(await titles(store, 'groups', bo)).toEqual(['For editors', 'For two groups'])
        expect(await titles(store, 'open', bo)).toEqual(['For editors', 'For Bo or editors', 'For two groups', 'Of Bo'])
        expect(await titles(store, 'open', member('cy', 'chiefs'))).toEqual(['For two groups'])
        expect(await titles(store, 'all', member('cy', 'chiefs'))).toEqual(['For two groups'])
        expect(await titles(store, 'all', operator)).toHaveLength(4)
        expect(await titles(store, 'started', member('ana'))).toHaveLength(4)
        expect(await store.queries.inboxCounts('default', bo)).toEqual({ mine: 2, groups: 2, done: 0, started: 0, late: 0 })
        expect(await store.queries.inboxCounts('default', member('ana'))).toEqual({ mine: 0, groups: 0, done: 0, started: 4, late: 0 })
        expect(await store.queries.inboxCounts('unheard', bo)).toEqual({ mine: 0, groups: 0, done: 0, started: 0, late: 0 })
      }),
    )

    test(
      'says why each item is there',
      withStore(open, async ({ store }) => {
        const story = tell(1)
        await story.commit(store, 1_000, openItem(1, ['user:bo', 'group:editors']), openItem(2, ['group:editors'], { assignee: 'bo' }))
        const because = async (view: View, reader: Reader) =>
          (await store.queries.inbox({ workspace: 'default', reader, view }, { limit: 9 })).items.map((item) => item.because)
        expect(await because('open', member('bo', 'editors'))).toEqual(['candidate', 'assignee'])
        expect(await because('open', member('cy', 'editors'))).toEqual(['group:editors'])
        expect(await because('started', member('ana'))).toEqual(['initiator', 'initiator'])
        expect(await because('all', operator)).toEqual(['operator', 'operator'])
        await story.commit(store, 2_000, { t: 'closed', step: 1, by: 'cy' })
        expect(await because('done', member('cy', 'editors'))).toEqual(['decided'])
      }),
    )

    test(
      'follows claims, delegations and withdrawals',
      withStore(open, async ({ store }) => {
        const bo = member('bo', 'editors')
        const cy = member('cy', 'editors')
        const story = tell(1)
        await story.commit(store, 1_000, openItem(1, ['group:editors'], { title: 'One' }), openItem(2, ['group:editors'], { title: 'Two' }))
        await story.commit(store, 2_000, { t: 'claimed', step: 1, by: 'bo' })
        expect(await titles(store, 'mine', bo)).toEqual(['One'])
        expect(await titles(store, 'open', cy)).toEqual(['Two'])
        await story.commit(store, 3_000, { t: 'unclaimed', step: 1, by: 'bo' })
        expect(await titles(store, 'open', cy)).toEqual(['One', 'Two'])
        await story.commit(store, 4_000, {
          t: 'assigned',
          step: 1,
          how: 'delegated',
          assignee: 'di',
          candidates: ['group:editors'],
          priority: 90,
          by: 'bo',
        })
        expect(await titles(store, 'mine', member('di'))).toEqual(['One'])
        const item = await store.queries.workItem(story.id, 1)
        expect(item).toMatchObject({ assignee: 'di', priority: 90, version: 4, status: 'open' })
        await story.commit(store, 5_000, { t: 'withdrawn', step: 2, reason: 'enough' })
        expect(await titles(store, 'open', cy)).toEqual([])
        expect(await store.queries.workItem(story.id, 2)).toMatchObject({ status: 'withdrawn', version: 2 })
        expect(await store.queries.inboxCounts('default', cy)).toMatchObject({ mine: 0, groups: 0 })
      }),
    )

    test(
      'keeps what a person decided, newest first, with route and time',
      withStore(open, async ({ store }) => {
        const story = tell(1)
        await story.commit(store, 1_000, openItem(1, ['user:bo']), openItem(2, ['user:bo']), openItem(3, ['user:bo']))
        await story.commit(store, 2_000, { t: 'closed', step: 2, by: 'bo', route: 'approve' })
        await story.commit(store, 3_000, { t: 'closed', step: 1, by: 'root', for: 'bo' })
        await story.commit(store, 4_000, { t: 'closed', step: 3 }, completed)
        const page = await store.queries.inbox({ workspace: 'default', reader: member('bo'), view: 'done' }, { limit: 9 })
        expect(page.items.map(({ step, decidedBy, decidedAtMs, route }) => ({ step, decidedBy, decidedAtMs, route }))).toEqual([
          { step: 1, decidedBy: 'bo', decidedAtMs: 3_000, route: undefined },
          { step: 2, decidedBy: 'bo', decidedAtMs: 2_000, route: 'approve' },
        ])
        expect(await store.queries.inboxCounts('default', member('bo'))).toMatchObject({ mine: 0, done: 2 })
        expect(await store.queries.workItem(story.id, 3)).toMatchObject({ status: 'done', decidedAtMs: 4_000 })
      }),
    )

    test(
      'offers nobody what they may not decide',
      withStore(open, async ({ store }) => {
        const story = tell(1)
        const excluded = [{ user: 'ana', reason: 'You started it.' }]
        await story.commit(
          store,
          1_000,
          openItem(1, ['group:editors'], { excluded }),
          openItem(2, ['group:editors', 'user:ana'], { excluded }),
          openItem(3, ['group:editors', 'group:chiefs']),
          openItem(4, ['user:ana'], { excluded }),
        )
        const ana = member('ana', 'editors', 'chiefs')
        expect(await titles(store, 'open', ana)).toEqual(['Review 3'])
        expect(await store.queries.inboxCounts('default', ana)).toEqual({ mine: 0, groups: 1, done: 0, started: 4, late: 0 })
        expect(await store.queries.inboxCounts('default', member('bo', 'editors'))).toMatchObject({ groups: 3 })
      }),
    )

    test(
      'counts what is late, and sorts by due date, age and priority, page by page',
      withStore(open, async ({ store, clock }) => {
        const story = tell(1)
        const items = [
          { due: 9_000, priority: 10 },
          { due: undefined, priority: 90 },
          { due: 3_000, priority: 50 },
          { due: 5_000, priority: 50 },
        ]
        await story.commit(
          store,
          1_000,
          ...items.map(({ due, priority }, index) =>
            openItem(index + 1, index === 3 ? ['group:editors', 'group:chiefs'] : ['group:editors'], {
              priority,
              ...(due === undefined ? {} : { dueAtMs: due }),
            }),
          ),
        )
        const reader = member('bo', 'editors', 'chiefs')
        const sorted = async (sort: NonNullable<InboxFilter['sort']>) => {
          const steps: number[] = []
          let cursor: string | undefined
          do {
            const page = await store.queries.inbox({ workspace: 'default', reader, view: 'groups', sort }, { limit: 1, cursor })
            steps.push(...page.items.map(({ step }) => step))
            cursor = page.next
          } while (cursor !== undefined)
          return steps
        }
        expect(await sorted('due')).toEqual([3, 4, 1, 2])
        expect(await sorted('created')).toEqual([1, 2, 3, 4])
        expect(await sorted('-created')).toEqual([4, 3, 2, 1])
        expect(await sorted('-priority')).toEqual([2, 3, 4, 1])
        clock.nowMs = 6_000
        expect(await store.queries.inboxCounts('default', reader)).toMatchObject({ groups: 4, late: 2 })
      }),
    )

    test(
      'is filtered by workflow, instance and words of a title in any case',
      withStore(open, async ({ store }) => {
        const first = tell(1, { title: 'Página de inicio', workflow: 'publish' })
        const second = tell(2, { title: 'Invoice 7', workflow: 'pay' })
        await first.commit(store, 1_000, openItem(1, ['user:bo'], { title: 'Review it' }))
        await second.commit(store, 1_000, openItem(1, ['user:bo'], { title: 'Pay it' }))
        const bo = member('bo')
        expect(await titles(store, 'open', bo, { workflow: 'pay' })).toEqual(['Pay it'])
        expect(await titles(store, 'open', bo, { instance: first.id })).toEqual(['Review it'])
        expect(await titles(store, 'open', bo, { search: 'PÁGINA' })).toEqual(['Review it'])
        expect(await titles(store, 'open', bo, { search: 'pay' })).toEqual(['Pay it'])
        expect(await titles(store, 'open', bo, { search: 'nothing' })).toEqual([])
      }),
    )

    test(
      'shows the items of a suspended instance as such, and the title of the version they belong to',
      withStore(open, async ({ store }) => {
        const version = {
          workspace: 'default',
          workflow: 'publish',
          kind: 'graph',
          hash: 'h',
          syncedBy: 'ed',
          syncedAtMs: 1,
          content: {},
          source: '',
        } as const
        await store.definitions.addVersion({ ...version, title: 'Publish a page' })
        await store.definitions.addVersion({ ...version, title: 'Publish any page' })
        const story = tell(1, { payload: { kind: 'path', ref: '/a' } })
        await story.commit(store, 1_000, openItem(1, ['user:bo']), openTask(2))
        await story.commit(store, 2_000, { t: 'suspended', by: 'root' })
        expect(await store.queries.workItem(story.id, 1)).toMatchObject({
          status: 'suspended',
          workflowTitle: 'Publish a page',
          instanceTitle: 'Instance 1',
          initiator: 'ana',
          payload: { kind: 'path', ref: '/a' },
        })
        await story.commit(store, 3_000, { t: 'resumed', by: 'root' })
        expect(await store.queries.workItem(story.id, 1)).toMatchObject({ status: 'open' })
        expect(await store.queries.workItem(story.id, 2)).toBeUndefined()
      }),
    )
  })
}
