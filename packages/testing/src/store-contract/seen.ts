import type { InboxFilter, Reader, Store } from '@millrace/protocol'
import { describe, expect, test } from 'vitest'
import { type OpenHarness, withStore } from './harness.ts'
import { member, operator } from './reader.ts'
import { openItem, tell } from './story.ts'

const bo = member('bo', 'editors')
const cy = member('cy', 'editors')

/** Steps of the items a person has not opened. */
const unseen = async (store: Store, reader: Reader, view: InboxFilter['view'] = 'open') =>
  (await store.queries.inbox({ workspace: 'default', reader, view, sort: 'created' }, { limit: 99 })).items
    .filter(({ seen }) => seen === false)
    .map(({ step }) => step)

export const describeSeen = (open: OpenHarness): void => {
  describe('what a person has opened', () => {
    test(
      'is theirs alone, is in every view, and is counted',
      withStore(open, async ({ store }) => {
        const story = tell(1)
        await story.commit(
          store,
          1_000,
          openItem(1, ['group:editors']),
          openItem(2, ['group:editors', 'user:bo']),
          openItem(3, ['user:bo']),
        )
        expect(await unseen(store, bo)).toEqual([1, 2, 3])
        expect(await store.queries.unread('default', bo)).toBe(3)
        await store.people.markSeen('bo', story.id, 2)
        await store.people.markSeen('bo', story.id, 2)
        await store.people.markSeen('cy', story.id, 3)
        expect(await unseen(store, bo)).toEqual([1, 3])
        expect(await unseen(store, bo, 'mine')).toEqual([3])
        expect(await store.queries.unread('default', bo)).toBe(2)
        expect(await unseen(store, cy)).toEqual([1, 2])
        // Item 3 is not in Cy's inbox: having opened it makes nothing less unread.
        expect(await store.queries.unread('default', cy)).toBe(2)
        expect(await store.queries.unread('other', bo)).toBe(0)
        expect(await store.queries.unread('default', operator)).toBe(0)
      }),
    )

    test(
      'stays so when somebody claims or comments, and is new again when it is assigned anew or comes back, but not for who did that',
      withStore(open, async ({ store }) => {
        const story = tell(1)
        await story.commit(store, 1_000, openItem(1, ['group:editors']))
        for (const user of ['bo', 'cy']) await store.people.markSeen(user, story.id, 1)
        await story.commit(store, 2_000, { t: 'claimed', step: 1, by: 'bo' })
        await story.commit(store, 3_000, { t: 'commented', step: 1, text: 'Hm', by: 'bo' })
        expect(await unseen(store, bo)).toEqual([])
        await story.commit(store, 4_000, { t: 'unclaimed', step: 1, by: 'root', for: 'bo' })
        expect(await unseen(store, bo)).toEqual([])
        expect(await unseen(store, cy)).toEqual([1])
        await store.people.markSeen('cy', story.id, 1)
        await story.commit(store, 5_000, { t: 'assigned', step: 1, how: 'escalated', candidates: ['group:editors'] })
        expect(await unseen(store, bo)).toEqual([1])
        expect(await store.queries.unread('default', cy)).toBe(1)
      }),
    )

    test(
      'is forgotten with the item, and nothing is kept of what is not open or does not exist',
      withStore(open, async ({ store }) => {
        const story = tell(1)
        await story.commit(store, 1_000, openItem(1, ['user:bo']), openItem(2, ['user:bo']))
        await store.people.markSeen('bo', story.id, 1)
        await story.commit(store, 2_000, { t: 'closed', step: 1, by: 'bo' })
        await store.people.markSeen('bo', story.id, 1)
        await store.people.markSeen('bo', story.id, 9)
        await store.people.markSeen('bo', 'no id', 1)
        expect(await store.queries.unread('default', bo)).toBe(1)
        const done = await store.queries.inbox({ workspace: 'default', reader: bo, view: 'done' }, { limit: 9 })
        expect(done.items[0]).not.toHaveProperty('seen')
      }),
    )

    test(
      'does not count what the person is excluded from',
      withStore(open, async ({ store }) => {
        const story = tell(1)
        const excluded = [{ user: 'bo', reason: 'You started it.' }]
        await story.commit(store, 1_000, openItem(1, ['group:editors'], { excluded }), openItem(2, ['group:editors']))
        await store.people.markSeen('bo', story.id, 1)
        expect(await store.queries.unread('default', bo)).toBe(1)
        await store.people.markSeen('bo', story.id, 2)
        expect(await store.queries.unread('default', bo)).toBe(0)
      }),
    )
  })
}
