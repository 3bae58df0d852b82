import type { InboxFilter, Page, PageOptions, QueryStore, Reader, WorkItemSummary } from '@millrace/protocol'
import { readCursor, writeCursor } from '../../cursor.ts'
import { type ItemInstance, inboxesOf, type WorkItemRow, workItemSummary } from '../../projections/work-item.ts'
import { keyOf, type MemoryInstance, type Tables } from '../tables.ts'
import { contains } from './instances.ts'

interface Item {
  readonly row: WorkItemRow
  readonly order: number
  readonly seq: number
  readonly instance: MemoryInstance
}

type View = InboxFilter['view']

export const listInbox = (tables: Tables, filter: InboxFilter, page: PageOptions): Page<WorkItemSummary> => {
  const { reader } = filter
  const key = sortKey(filter)
  const after = readCursor(page.cursor, 2)
  const found = itemsOf(tables, filter.workspace)
    .filter((item) => isInView(item, filter.view, reader) && matches(item, filter))
    .map((item) => ({ item, key: key(item) }))
    .filter((each) => after === undefined || compareKeys(each.key, after) > 0)
    .sort((a, b) => compareKeys(a.key, b.key))
  const rows = found.slice(0, page.limit)
  const last = rows.at(-1)
  return {
    items: rows.map(({ item }) => workItemSummary(item.row, itemInstance(tables, item), reader)),
    ...(found.length > rows.length && last !== undefined ? { next: writeCursor(last.key) } : {}),
    asOf: tables.position,
  }
}

export const countInbox: (tables: Tables, workspace: string, reader: Reader) => Awaited<ReturnType<QueryStore['inboxCounts']>> = (
  tables,
  workspace,
  reader,
) => {
  const items = itemsOf(tables, workspace)
  const count = (view: View) => items.filter((item) => isInView(item, view, reader)).length
  const now = tables.now()
  const late = items.filter((item) => isInView(item, 'open', reader) && (item.row.dueAtMs ?? Number.POSITIVE_INFINITY) < now).length
  return { mine: count('mine'), groups: count('groups'), done: count('done'), started: count('started'), late }
}

export const findWorkItem = (tables: Tables, id: string, step: number): WorkItemSummary | undefined => {
  const instance = tables.instances.get(id)
  const item = instance?.items.get(step)
  return instance === undefined || item === undefined ? undefined : workItemSummary(item.row, itemInstance(tables, { ...item, instance }))
}

const itemsOf = (tables: Tables, workspace: string): readonly Item[] =>
  [...tables.instances.values()]
    .filter(({ state }) => state.workspace === workspace)
    .flatMap((instance) => Array.from(instance.items.values(), (item) => ({ ...item, instance })))

const itemInstance = (tables: Tables, { instance, seq }: Item): ItemInstance => {
  const { state } = instance
  const versions = tables.versions.get(keyOf(state.workspace, state.workflow)) ?? []
  return { state, seq, workflowTitle: versions.find((row) => row.version === state.version)?.title ?? state.workflow }
}

const isInView = ({ row, instance }: Item, view: View, reader: Reader): boolean => {
  const boxes = inboxesOf(row)
  const isExcluded = row.excluded.includes(reader.user)
  const isMine = boxes.includes(`user:${reader.user}`) && !isExcluded
  const isMyGroups = () => !isMine && !isExcluded && reader.groups.some((group) => boxes.includes(`group:${group}`))
  switch (view) {
    case 'mine':
      return isMine
    case 'groups':
      return isMyGroups()
    case 'open':
      return isMine || isMyGroups()
    case 'done':
      return row.decidedBy === reader.user
    case 'started':
      return row.status === 'open' && instance.state.initiator === reader.user
    case 'all':
      return reader.seesAll ? row.status === 'open' : isMine || isMyGroups()
  }
}

const matches = ({ row, instance }: Item, filter: InboxFilter): boolean =>
  (filter.workflow === undefined || instance.state.workflow === filter.workflow) &&
  (filter.instance === undefined || instance.state.id === filter.instance) &&
  (filter.search === undefined || contains(row.title, filter.search) || contains(instance.state.title, filter.search))

/** Ascending keys whatever the sort: a descending part is negated. Items decided are listed by when. */
const sortKey = (filter: InboxFilter): ((item: Item) => readonly [number, number]) => {
  if (filter.view === 'done') return ({ row, order }) => [-(row.decidedAtMs ?? 0), -order]
  switch (filter.sort ?? 'due') {
    case 'due':
      return ({ row, order }) => [row.dueAtMs ?? NEVER_DUE, order]
    case '-created':
      return ({ order }) => [0, -order]
    case 'created':
      return ({ order }) => [0, order]
    case '-priority':
      return ({ row, order }) => [-row.priority, order]
  }
}

/** Sorts after every date; a number, since it is part of a key. */
export const NEVER_DUE = Number.MAX_SAFE_INTEGER

const compareKeys = (a: readonly number[], b: readonly number[]): number => (a[0] ?? 0) - (b[0] ?? 0) || (a[1] ?? 0) - (b[1] ?? 0)
