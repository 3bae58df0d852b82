/**
 * Tables `work_item`, `inbox`, `inbox_tally`, `involved`: what people see. An item's rows in `inbox` say whose inboxes it is in now; `involved` keeps who was
 * ever asked.
 *
 * Writes by work_item_step and by primary key, only for items a tick touched; what begins is gathered and written many rows per statement.
 */
import { NEVER_DUE } from '../../projections/inbox-view.ts'
import { inboxesOf, involvedBy, type WorkItemRow } from '../../projections/work-item.ts'
import { bulk, repeat } from '../bulk.ts'
import { itemStatusCode } from '../codes.ts'
import type { Connection } from '../connection.ts'
import type { Lookups } from '../lookups.ts'
import { createInboxTally } from './inbox-tally.ts'

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

export interface WorkItemWrites {
  /** Writes an item after a tick. @returns its number */
  write(change: ItemChange): number
  flush(): void
  clear(): void
}

const CHANGE = `update work_item set status = ?, title = ?, assignee = ?, candidates = ?, excluded = ?, claimed = ?, due = ?, priority = ?, version = ?,
    comments = ?, decided_by = ?, decided = ?, route = ?, last = ? where id = ?`
/** The usual end: nothing but the decision is new. */
const DECIDE = 'update work_item set status = ?, version = ?, decided_by = ?, decided = ?, route = ?, last = ? where id = ?'

export const createWorkItemWrites = (connection: Connection, lookups: Lookups): WorkItemWrites => {
  const { sql } = connection
  const items = bulk(connection, {
    head: `insert into work_item (id, instance, step, workspace, node, created, initiator, title, assignee, candidates, excluded, claimed, due, priority, version,
      last, status, comments) values`,
    columns: 16,
    constants: `${itemStatusCode.write('open')}, 0`,
  })
  const decisions = repeat(connection, DECIDE, 7)
  const places = bulk(connection, { head: 'insert into inbox (workspace, owner, shared, due, item, priority) values', columns: 6 })
  const involved = bulk(connection, { head: 'insert or ignore into involved (owner, instance) values', columns: 2 })
  const tally = createInboxTally(connection)
  let nextId: number | undefined

  const user = (name: string | undefined) => (name === undefined ? null : lookups.name(name))
  const excludedText = ({ excluded }: WorkItemRow) => (excluded.length === 0 ? null : JSON.stringify(excluded))
  const takeId = (): number => {
    nextId ??= Number(sql('select coalesce(max(id), 0) + 1 as id from work_item').get()?.['id'])
    return nextId++
  }

  const insert = (row: WorkItemRow, of: ItemOwner): number => {
    const id = takeId()
    items
      .row()
      .push(
        id,
        of.id,
        row.step,
        of.workspaceId,
        row.node,
        row.createdAtMs,
        lookups.name(of.initiator),
        row.title,
        user(row.assignee),
        JSON.stringify(row.candidates),
        excludedText(row),
        row.claimedAtMs ?? null,
        row.dueAtMs ?? NEVER_DUE,
        row.priority,
        row.version,
        of.position,
      )
    return id
  }
  // Asked for by itself: "returning" takes twice as long as this and the update together.
  const idOf = (row: WorkItemRow, of: ItemOwner): number =>
    Number(sql('select id from work_item where instance = ? and step = ?').get(of.id, row.step)?.['id'])
  const decide = (id: number, row: WorkItemRow, of: ItemOwner): void => {
    decisions
      .row()
      .push(itemStatusCode.write(row.status), row.version, user(row.decidedBy), row.decidedAtMs ?? null, row.route ?? null, of.position, id)
  }
  const change = (id: number, row: WorkItemRow, of: ItemOwner): void => {
    sql(CHANGE).run(
      itemStatusCode.write(row.status),
      row.title,
      user(row.assignee),
      JSON.stringify(row.candidates),
      excludedText(row),
      row.claimedAtMs ?? null,
      row.dueAtMs ?? NEVER_DUE,
      row.priority,
      row.version,
      row.comments,
      user(row.decidedBy),
      row.decidedAtMs ?? null,
      row.route ?? null,
      of.position,
      id,
    )
  }
  const writeRow = ({ before, after, of }: ItemChange): number => {
    if (before !== undefined) {
      const id = idOf(after, of)
      if (isDecision(before, after)) decide(id, after, of)
      else change(id, after, of)
      return id
    }
    const id = insert(after, of)
    if (after.status === 'open' && after.comments === 0) return id
    // Begun and changed, or over, within one tick.
    items.flush()
    change(id, after, of)
    return id
  }

  return {
    write: (itemChange) => {
      const { before, after, of } = itemChange
      const item = writeRow(itemChange)
      for (const principal of involvedBy(after)) {
        if (before === undefined || !involvedBy(before).includes(principal)) involved.row().push(lookups.name(principal), of.id)
      }
      const had = before === undefined ? [] : placesOf(before)
      const has = placesOf(after)
      for (const place of had) {
        if (has.some((other) => isSame(place, other))) continue
        const owner = lookups.name(place.owner)
        sql('delete from inbox where workspace = ? and owner = ? and shared = ? and due = ? and item = ?').run(
          of.workspaceId,
          owner,
          place.shared,
          place.due,
          item,
        )
        tally.add({ workspace: of.workspaceId, owner, shared: place.shared }, -1)
      }
      for (const place of has) {
        if (had.some((other) => isSame(place, other))) continue
        const owner = lookups.name(place.owner)
        places.row().push(of.workspaceId, owner, place.shared, place.due, item, place.priority)
        tally.add({ workspace: of.workspaceId, owner, shared: place.shared }, 1)
      }
      return item
    },
    flush: () => {
      items.flush()
      decisions.flush()
      places.flush()
      involved.flush()
      tally.flush()
    },
    clear: () => {
      items.clear()
      decisions.clear()
      places.clear()
      involved.clear()
      tally.clear()
      // Cheaper than counting back: it is read again.
      nextId = undefined
    },
  }
}

/** A closing that leaves everything else as it was. */
const isDecision = (before: WorkItemRow, after: WorkItemRow): boolean =>
  after.status !== 'open' &&
  before.title === after.title &&
  before.assignee === after.assignee &&
  before.candidates === after.candidates &&
  before.claimedAtMs === after.claimedAtMs &&
  before.dueAtMs === after.dueAtMs &&
  before.priority === after.priority &&
  before.comments === after.comments

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
