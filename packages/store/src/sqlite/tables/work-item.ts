/**
 * Tables `work_item`, `inbox`, `involved`: what people see. An item's rows in `inbox` say whose inboxes it is in now; `involved` keeps who was ever asked.
 *
 * Writes by work_item_step and by primary key, only for items a tick touched; reads nothing.
 */
import { NEVER_DUE } from '../../projections/inbox-view.ts'
import { inboxesOf, involvedBy, type WorkItemRow } from '../../projections/work-item.ts'
import { itemStatusCode } from '../codes.ts'
import type { Connection } from '../connection.ts'
import type { Lookups } from '../lookups.ts'
import type { InboxTally } from './inbox-tally.ts'

export interface ItemOwner {
  /** Row of the instance. */
  readonly id: number
  readonly workspaceId: number
  readonly initiator: string
  /** Of the tick's row. */
  readonly position: number
}

export interface ItemChange {
  readonly before: WorkItemRow | undefined
  readonly after: WorkItemRow
  readonly of: ItemOwner
}

/** Writes an item after a tick. */
export const writeWorkItem = (connection: Connection, lookups: Lookups, tally: InboxTally, change: ItemChange): void => {
  const { before, after, of } = change
  const item = writeRow(connection, lookups, change)
  for (const principal of involvedBy(after)) {
    if (before !== undefined && involvedBy(before).includes(principal)) continue
    connection.sql('insert or ignore into involved (owner, instance) values (?, ?)').run(lookups.name(principal), of.id)
  }
  const had = before === undefined ? [] : placesOf(before)
  const has = placesOf(after)
  for (const place of had) if (!has.some((other) => isSame(place, other))) takeOut(connection, lookups, tally, { ...place, of, item })
  for (const place of has) if (!had.some((other) => isSame(place, other))) putIn(connection, lookups, tally, { ...place, of, item })
}

/** @returns the item's number */
const writeRow = ({ sql }: Connection, lookups: Lookups, { after: row, of }: ItemChange): number => {
  const user = (name: string | undefined) => (name === undefined ? null : lookups.name(name))
  const written = sql(
    `insert into work_item (instance, step, workspace, node, created, initiator, status, title, assignee, candidates, excluded, claimed, due, priority, version,
        comments, decided_by, decided, route, last)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (instance, step) do update set status = excluded.status, title = excluded.title, assignee = excluded.assignee,
        candidates = excluded.candidates, excluded = excluded.excluded, claimed = excluded.claimed, due = excluded.due, priority = excluded.priority,
        version = excluded.version, comments = excluded.comments, decided_by = excluded.decided_by, decided = excluded.decided, route = excluded.route,
        last = excluded.last
      returning id`,
  ).get(
    of.id,
    row.step,
    of.workspaceId,
    row.node,
    row.createdAtMs,
    lookups.name(of.initiator),
    itemStatusCode.write(row.status),
    row.title,
    user(row.assignee),
    JSON.stringify(row.candidates),
    row.excluded.length === 0 ? null : JSON.stringify(row.excluded),
    row.claimedAtMs ?? null,
    row.dueAtMs ?? NEVER_DUE,
    row.priority,
    row.version,
    row.comments,
    user(row.decidedBy),
    row.decidedAtMs ?? null,
    row.route ?? null,
    of.position,
  )
  return Number(written?.['id'])
}

type Placed = Place & { readonly of: ItemOwner; readonly item: number }

const takeOut = ({ sql }: Connection, lookups: Lookups, tally: InboxTally, { of, owner, shared, due, item }: Placed): void => {
  const place = { workspace: of.workspaceId, owner: lookups.name(owner), shared }
  sql('delete from inbox where workspace = ? and owner = ? and shared = ? and due = ? and item = ?').run(
    place.workspace,
    place.owner,
    shared,
    due,
    item,
  )
  tally.add(place, -1)
}

const putIn = ({ sql }: Connection, lookups: Lookups, tally: InboxTally, { of, owner, shared, due, item, priority }: Placed): void => {
  const place = { workspace: of.workspaceId, owner: lookups.name(owner), shared }
  sql('insert into inbox (workspace, owner, shared, due, item, priority) values (?, ?, ?, ?, ?, ?)').run(
    place.workspace,
    place.owner,
    shared,
    due,
    item,
    priority,
  )
  tally.add(place, 1)
}

interface Place {
  readonly owner: string
  /** 1: the reader may own several rows of the item, or be excluded from it. */
  readonly shared: 0 | 1
  readonly due: number
  readonly priority: number
}

/** Owner of the row that takes an item out of somebody's counts. */
export const exclusionOf = (user: string): string => `excluded:${user}`

const placesOf = (row: WorkItemRow): readonly Place[] => {
  const owners = inboxesOf(row)
  if (owners.length === 0) return []
  const shared = owners.length > 1 || row.excluded.length > 0 ? 1 : 0
  return [...owners, ...row.excluded.map(exclusionOf)].map((owner) => ({
    owner,
    shared,
    due: row.dueAtMs ?? NEVER_DUE,
    priority: row.priority,
  }))
}

const isSame = (a: Place, b: Place): boolean => a.owner === b.owner && a.shared === b.shared && a.due === b.due && a.priority === b.priority
