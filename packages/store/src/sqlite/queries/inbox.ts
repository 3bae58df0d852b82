/** Lists of work items: sources in order of the view, rows of a slice checked by the one definition of a view. */

import type { SQLInputValue, SQLOutputValue } from 'node:sqlite'
import type { InboxFilter, Page, PageOptions, WorkItemSummary } from '@millrace/protocol'
import { isUuid, uuidBytes } from '../../codec/uuid.ts'
import { readCursor, writeCursor } from '../../cursor.ts'
import { inboxKey, isInView, NEVER_DUE } from '../../projections/inbox-view.ts'
import { type ItemInstance, type WorkItemRow, workItemSummary } from '../../projections/work-item.ts'
import { itemStatusCode } from '../codes.ts'
import { INSTANCE_COLUMNS, readInstance } from '../tables/instance.ts'
import type { QueryContext } from './context.ts'
import { inboxSources } from './inbox-sources.ts'
import { type Key, scan } from './scan.ts'
import { NOBODY_CAN_ANSWER } from './unanswerable.ts'

export const listInbox = async (context: QueryContext, filter: InboxFilter, page: PageOptions): Promise<Page<WorkItemSummary>> => {
  const asOf = context.position()
  const rows = await scan({
    sources: inboxSources(context, filter),
    after: readCursor(page.cursor, 2),
    limit: page.limit + 1,
    read: itemReader(context, filter),
  })
  const items = rows.slice(0, page.limit)
  const last = items.at(-1)
  const seen = readSeen(
    context,
    filter.reader.user,
    items.map(([key]) => itemOf(key)),
  )
  return {
    items: items.map(([key, { row, of }]) => ({
      ...workItemSummary(row, of, filter.reader),
      ...(row.status === 'open' ? { seen: seen.has(itemOf(key)) } : {}),
    })),
    ...(rows.length > items.length && last !== undefined ? { next: writeCursor(last[0]) } : {}),
    asOf,
  }
}

/** Number of the item; the key is negative where newer ones come first. */
const itemOf = (key: Key): number => Math.abs(key[1] ?? 0)

/** Reads seen by key. */
const readSeen = ({ connection, lookups }: QueryContext, user: string, items: readonly number[]): ReadonlySet<number> => {
  const number = lookups.findName(user)
  if (number === undefined || items.length === 0) return new Set()
  const rows = connection
    .sql('select item from seen where user = ? and item in (select value from json_each(?))')
    .all(number, JSON.stringify(items))
  return new Set(rows.map(({ item }) => Number(item)))
}

export const findWorkItem = (context: QueryContext, instance: string, step: number): WorkItemSummary | undefined => {
  if (!isUuid(instance)) return undefined
  // Reads instance by instance_uuid, work_item by work_item_step.
  const row = context.connection.sql(`${ITEMS} where i.uuid = ? and w.step = ?`).get(uuidBytes(instance), step)
  if (row === undefined) return undefined
  const item = readItem(context, row)
  return workItemSummary(item.row, item.of)
}

interface Item {
  readonly row: WorkItemRow
  readonly of: ItemInstance
}

const itemReader = (context: QueryContext, filter: InboxFilter): ((keys: readonly Key[]) => readonly (readonly [Key, Item])[]) => {
  const conditions = ['w.id in (select value from json_each(:items))']
  const values: { [name: string]: SQLInputValue } = {}
  if (filter.workflow !== undefined) {
    conditions.push('i.flow in (select id from flow where workflow = :workflow)')
    values['workflow'] = filter.workflow
  }
  if (filter.search !== undefined) {
    conditions.push('(contains(w.title, :search) or contains(i.title, :search))')
    values['search'] = filter.search
  }
  if (filter.trouble === 'nobody') conditions.push(`w.status = 0 and ${NOBODY_CAN_ANSWER}`)
  if (filter.trouble === 'late') {
    conditions.push('w.status = 0 and w.due < :now')
    values['now'] = context.now()
  }
  if (filter.createdFromMs !== undefined) {
    conditions.push('w.created >= :createdFrom')
    values['createdFrom'] = filter.createdFromMs
  }
  if (filter.createdToMs !== undefined) {
    conditions.push('w.created < :createdTo')
    values['createdTo'] = filter.createdToMs
  }
  if (filter.instance !== undefined) {
    conditions.push('i.uuid = :instance')
    values['instance'] = isUuid(filter.instance) ? uuidBytes(filter.instance) : null
  }
  const statement = context.connection.sql(`${ITEMS} where ${conditions.join(' and ')}`)
  return (keys) =>
    statement.all({ ...values, items: JSON.stringify(keys.map(itemOf)) }).flatMap((columns) => {
      const item = readItem(context, columns)
      if (!isInView(item.row, item.of.state.initiator, filter.view, filter.reader)) return []
      return [[inboxKey(item.row, Number(columns['w_id']), filter), item] as const]
    })
}

const COLUMNS =
  'id, step, status, node, title, assignee, candidates, excluded, claimed, due, priority, created, version, comments, decided_by, decided, route, last'

const ITEMS = `select ${INSTANCE_COLUMNS}, ${COLUMNS.split(', ')
  .map((column) => `w.${column} as w_${column}`)
  .join(', ')},
    (select v.title from version v join flow f on f.id = i.flow join workspace s on s.id = f.workspace
      where v.workspace = s.name and v.workflow = f.workflow and v.version = i.version) as workflow_title
  from work_item w cross join instance i on i.id = w.instance`

const readItem = ({ lookups, loader }: QueryContext, row: { readonly [column: string]: SQLOutputValue }): Item => {
  const { workspace } = lookups.flowById(Number(row['i_flow']))
  const state = readInstance(row, lookups, loader.blobs(workspace))
  const user = (column: string) => lookups.nameText(Number(row[column]))
  return {
    row: {
      step: Number(row['w_step']),
      node: String(row['w_node']),
      title: String(row['w_title']),
      status: itemStatusCode.read(row['w_status']),
      ...(row['w_assignee'] === null ? {} : { assignee: user('w_assignee') }),
      candidates: JSON.parse(String(row['w_candidates'])) as string[],
      excluded: row['w_excluded'] === null ? [] : (JSON.parse(String(row['w_excluded'])) as string[]),
      ...(row['w_claimed'] === null ? {} : { claimedAtMs: Number(row['w_claimed']) }),
      ...(row['w_due'] === NEVER_DUE ? {} : { dueAtMs: Number(row['w_due']) }),
      priority: Number(row['w_priority']),
      createdAtMs: Number(row['w_created']),
      version: Number(row['w_version']),
      comments: Number(row['w_comments']),
      ...(row['w_decided_by'] === null ? {} : { decidedBy: user('w_decided_by') }),
      ...(row['w_decided'] === null ? {} : { decidedAtMs: Number(row['w_decided']) }),
      ...(row['w_route'] === null ? {} : { route: String(row['w_route']) }),
    },
    of: {
      state,
      workflowTitle: row['workflow_title'] === null ? state.workflow : String(row['workflow_title']),
      seq: Number(row['w_last']),
    },
  }
}
