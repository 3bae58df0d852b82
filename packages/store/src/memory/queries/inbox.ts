import type { InboxFilter, Page, PageOptions, QueryStore, Reader, WorkItemSummary } from '@millrace/protocol'
import { readCursor, writeCursor } from '../../cursor.ts'
import { contains } from '../../projections/data-filter.ts'
import { compareKeys, type InboxView, inboxKey, isInView } from '../../projections/inbox-view.ts'
import { type ItemInstance, type WorkItemRow, workItemSummary } from '../../projections/work-item.ts'
import { keyOf, type MemoryInstance, type Tables } from '../tables.ts'
import { nobodyCanAnswer } from './troubles.ts'

interface Item {
  readonly row: WorkItemRow
  readonly order: number
  readonly seq: number
  readonly instance: MemoryInstance
}

export const listInbox = (tables: Tables, filter: InboxFilter, page: PageOptions): Page<WorkItemSummary> => {
  const { reader, view } = filter
  const after = readCursor(page.cursor, 2)
  const found = itemsOf(tables, filter.workspace)
    .filter(
      (item) =>
        isInView(item.row, item.instance.state.initiator, view, reader) && matches(item, filter) && hasTrouble(tables, item, filter),
    )
    .map((item) => ({ item, key: inboxKey(item.row, item.order, filter) }))
    .filter((each) => after === undefined || compareKeys(each.key, after) > 0)
    .sort((a, b) => compareKeys(a.key, b.key))
  const rows = found.slice(0, page.limit)
  const last = rows.at(-1)
  return {
    items: rows.map(({ item }) => ({
      ...workItemSummary(item.row, itemInstance(tables, item), reader),
      ...(item.row.status === 'open' ? { seen: hasSeen(tables, item, reader) } : {}),
    })),
    ...(found.length > rows.length && last !== undefined ? { next: writeCursor(last.key) } : {}),
    asOf: tables.position,
  }
}

export const countInbox = (tables: Tables, workspace: string, reader: Reader): Awaited<ReturnType<QueryStore['inboxCounts']>> => {
  const items = itemsOf(tables, workspace)
  const inView = (view: InboxView) => items.filter((item) => isInView(item.row, item.instance.state.initiator, view, reader))
  const now = tables.now()
  return {
    mine: inView('mine').length,
    groups: inView('groups').length,
    done: inView('done').length,
    started: inView('started').length,
    late: inView('open').filter(({ row }) => row.dueAtMs !== undefined && row.dueAtMs < now).length,
  }
}

/** Open items of mine and my groups that I have not opened. */
export const countUnread = (tables: Tables, workspace: string, reader: Reader): number =>
  itemsOf(tables, workspace).filter(
    (item) => isInView(item.row, item.instance.state.initiator, 'open', reader) && !hasSeen(tables, item, reader),
  ).length

const hasSeen = (tables: Tables, { row, instance }: Item, reader: Reader): boolean =>
  tables.seen.get(keyOf(instance.state.id, row.step))?.has(reader.user) === true

export const findWorkItem = (tables: Tables, id: string, step: number): WorkItemSummary | undefined => {
  const instance = tables.instances.get(id)
  const item = instance?.items.get(step)
  if (instance === undefined || item === undefined) return undefined
  return workItemSummary(item.row, itemInstance(tables, { ...item, instance }))
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

const hasTrouble = (tables: Tables, { row }: Item, { trouble }: InboxFilter): boolean => {
  if (trouble === undefined) return true
  if (row.status !== 'open') return false
  return trouble === 'nobody' ? nobodyCanAnswer(tables, row) : row.dueAtMs !== undefined && row.dueAtMs < tables.now()
}

const matches = ({ row, instance }: Item, filter: InboxFilter): boolean =>
  (filter.workflow === undefined || instance.state.workflow === filter.workflow) &&
  (filter.createdFromMs === undefined || row.createdAtMs >= filter.createdFromMs) &&
  (filter.createdToMs === undefined || row.createdAtMs < filter.createdToMs) &&
  (filter.instance === undefined || instance.state.id === filter.instance) &&
  (filter.search === undefined || contains(row.title, filter.search) || contains(instance.state.title, filter.search))
