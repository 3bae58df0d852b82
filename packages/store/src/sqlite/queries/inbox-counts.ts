/** Counts of the inbox: ranges of one index. Only items with several candidates or with excluded people need more than a range. */
import type { QueryStore, Reader } from '@millrace/protocol'
import { NEVER_DUE } from '../../projections/inbox-view.ts'
import { exclusionOf } from '../tables/work-item.ts'
import type { QueryContext } from './context.ts'

type Counts = Awaited<ReturnType<QueryStore['inboxCounts']>>

export const countInbox = (context: QueryContext, workspace: string, reader: Reader): Counts => {
  const { connection, lookups, now } = context
  const { sql } = connection
  const of: Of = {
    workspace: lookups.findWorkspace(workspace) ?? -1,
    me: lookups.findName(`user:${reader.user}`) ?? -1,
    excluded: lookups.findName(exclusionOf(reader.user)) ?? -1,
    groups: reader.groups.flatMap((group) => lookups.findName(`group:${group}`) ?? []),
  }
  const user = lookups.findName(reader.user) ?? -1
  const everything = NEVER_DUE + 1
  const mine = countMine(sql, of, everything)
  return {
    mine,
    groups: countGroups(sql, of, everything),
    // Reads work_item by work_item_done.
    done: count(sql('select count(*) as n from work_item where workspace = ? and decided_by = ?').get(of.workspace, user)),
    // Reads work_item by work_item_started.
    started: count(sql('select count(*) as n from work_item where workspace = ? and initiator = ? and status = 0').get(of.workspace, user)),
    late: countMine(sql, of, now()) + countGroups(sql, of, now()),
  }
}

type Sql = QueryContext['connection']['sql']

interface Of {
  readonly workspace: number
  readonly me: number
  readonly excluded: number
  readonly groups: readonly number[]
}

const count = (row: { readonly [column: string]: unknown } | undefined): number => Number(row?.['n'] ?? 0)

/** Mine, less what I am excluded from. */
const countMine = (sql: Sql, { workspace, me, excluded }: Of, dueBefore: number): number =>
  range(sql, workspace, me, 0, dueBefore) +
  range(sql, workspace, me, 1, dueBefore) -
  count(
    sql(
      `select count(*) as n from inbox x where workspace = ?1 and owner = ?2 and shared = 1 and due < ?4
        and exists (select 1 from inbox m where m.workspace = ?1 and m.owner = ?3 and m.shared = 1 and m.due = x.due and m.item = x.item)`,
    ).get(workspace, excluded, me, dueBefore),
  )

/** My groups', each item once, less what is mine already and what I am excluded from. */
const countGroups = (sql: Sql, of: Of, dueBefore: number): number => {
  const { workspace, groups } = of
  const single = groups.reduce((sum, group) => sum + range(sql, workspace, group, 0, dueBefore), 0)
  const sharing = groups.filter((group) => range(sql, workspace, group, 1, dueBefore) > 0)
  if (sharing.length === 0) return single
  const [only] = sharing
  const shared =
    sharing.length === 1 && only !== undefined ? range(sql, workspace, only, 1, dueBefore) : countDistinct(sql, of, sharing, dueBefore)
  return single + shared - countTaken(sql, of, sharing, dueBefore)
}

/** Reads inbox by its key. */
const range = (sql: Sql, workspace: number, owner: number, shared: 0 | 1, dueBefore: number): number =>
  count(
    sql('select count(*) as n from inbox where workspace = ? and owner = ? and shared = ? and due < ?').get(
      workspace,
      owner,
      shared,
      dueBefore,
    ),
  )

const countDistinct = (sql: Sql, { workspace }: Of, groups: readonly number[], dueBefore: number): number =>
  count(
    sql(
      `select count(distinct item) as n from inbox where workspace = ? and owner in (select value from json_each(?)) and shared = 1 and due < ?`,
    ).get(workspace, JSON.stringify(groups), dueBefore),
  )

/** Shared items of these groups that are mine already or that I am excluded from: few, so they are looked up one by one. */
const countTaken = (sql: Sql, { workspace, me, excluded }: Of, groups: readonly number[], dueBefore: number): number =>
  count(
    sql(
      `select count(*) as n from (select distinct due, item from inbox where workspace = ?1 and owner in (?2, ?3) and shared = 1 and due < ?5) t
        where exists (select 1 from json_each(?4) g join inbox i on i.workspace = ?1 and i.owner = g.value and i.shared = 1 and i.due = t.due and i.item = t.item)`,
    ).get(workspace, me, excluded, JSON.stringify(groups), dueBefore),
  )
