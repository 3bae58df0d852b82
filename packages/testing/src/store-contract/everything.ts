import { STATUSES } from '@millrace/kernel'
import type { InboxFilter, InstanceFilter, Store } from '@millrace/protocol'
import { member, operator } from './reader.ts'

const READERS = [operator, member('ana'), member('bo', 'editors'), member('cy', 'editors', 'chiefs')]
const WORKSPACES = ['default', 'other']
const VIEWS: readonly InboxFilter['view'][] = ['mine', 'groups', 'open', 'done', 'started', 'all']
const SORTS: readonly NonNullable<InboxFilter['sort']>[] = ['due', '-created', 'created', '-priority']
const FILTERS: readonly Partial<InstanceFilter>[] = [
  {},
  { sort: 'created' },
  { sort: '-updated' },
  ...STATUSES.map((status) => ({ status: [status] })),
  { status: ['RUNNING', 'COMPLETED'] },
  { workflow: 'publish' },
  { workflow: 'pay', version: 1 },
  { kind: 'code' },
  { initiator: 'bo' },
  { lock: 'printer' },
  { hasIncident: true },
  { node: 'review' },
  { payload: '/a' },
  { title: 'stance 2' },
  { data: { amount: 1 } },
  { endedFromMs: 5_000, endedToMs: 9_000 },
  { trouble: { kind: 'queued', beforeMs: 8_000 } },
  { trouble: { kind: 'suspended', beforeMs: 8_000 } },
  { trouble: { kind: 'overdue', beforeMs: 8_000 }, sort: '-updated' },
  { trouble: { kind: 'missed', beforeMs: 8_000 } },
]

/** Everything a store says about instances, as one value: two stores that were told the same must give equal ones. */
export const everythingIn = async (store: Store, ids: readonly string[]): Promise<unknown> => {
  const lists: unknown[] = []
  for (const workspace of WORKSPACES) {
    for (const reader of READERS) {
      lists.push(await store.queries.instanceCounts(workspace, reader), await store.queries.inboxCounts(workspace, reader))
      lists.push(await store.queries.unread(workspace, reader))
      for (const filter of FILTERS) lists.push([filter, await instances(store, { workspace, reader, ...filter })])
      for (const view of VIEWS) for (const sort of SORTS) lists.push([view, sort, await inbox(store, { workspace, reader, view, sort })])
    }
    lists.push(await store.queries.incidentGroups(workspace, {}, { limit: 99 }))
    const cuts = { queuedBeforeMs: 8_000, suspendedBeforeMs: 8_000, overdueBeforeMs: 8_000, failedFromMs: 4_000 }
    lists.push(await store.queries.troubles(workspace, cuts))
    lists.push(await store.queries.suspects({ workspace, quietBeforeMs: 6_000, limit: 99 }))
    lists.push(await store.queries.activity({ workspace, fromMs: 0, toMs: 90_000, bucketMs: 3_600_000, offsetMs: 900_000 }))
    lists.push(await store.queries.itemAges(workspace, [9_000, 4_000]))
    for (const trouble of ['nobody', 'late'] as const)
      lists.push([trouble, await inbox(store, { workspace, reader: operator, view: 'all', trouble })])
    lists.push(await store.queries.incidents(workspace, { limit: 99 }), await store.definitions.usage(workspace))
    for (const key of [undefined, 'k0', 'k1']) lists.push(await store.instances.waiters(workspace, 'paid', key))
    lists.push(await store.instances.open({ limit: 99, workspace }), await store.instances.unfinished({ limit: 99 }).then(sorted))
  }
  const timers = await store.instances.dueTimers({ beforeMs: Number.MAX_SAFE_INTEGER, limit: 999 })
  return {
    lists,
    states: await store.instances.load(ids),
    histories: await Promise.all(ids.map(async (id) => [await store.queries.history(id, { limit: 999 }), await store.instances.facts(id)])),
    involved: await Promise.all(ids.map(async (id) => sorted((await store.queries.involved(id)) ?? []))),
    locks: await store.instances.lockRows(),
    timers: timers.map(({ instance, step, timeout, dueAtMs }) => JSON.stringify([dueAtMs, instance, step, timeout])).sort(),
    next: await store.instances.nextTimerAtMs(),
    feed: await store.queries.feed(0, 9_999),
  }
}

const sorted = (texts: readonly string[]): readonly string[] => [...texts].sort()

/** All pages of a list, two rows each, so that cursors are tried too. */
const instances = async (store: Store, filter: InstanceFilter) => await pages((page) => store.queries.instances(filter, page))
const inbox = async (store: Store, filter: InboxFilter) => await pages((page) => store.queries.inbox(filter, page))

const pages = async <T>(
  read: (page: {
    readonly limit: number
    readonly cursor: string | undefined
  }) => Promise<{ readonly items: readonly T[]; readonly next?: string | undefined }>,
): Promise<readonly T[]> => {
  const rows: T[] = []
  let cursor: string | undefined
  do {
    const page = await read({ limit: 2, cursor })
    rows.push(...page.items)
    cursor = page.next
  } while (cursor !== undefined)
  return rows
}
