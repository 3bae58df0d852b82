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
  const range = rangeOf(sql, of.workspace)
  const late = rangeOf(sql, of.workspace, now())
  return {
    mine: countMine(sql, of, range),
    groups: countGroups(sql, of, range),
    // Reads work_item by work_item_done.
    done: count(sql('select count(*) as n from work_item where workspace = ? and decided_by = ?').get(of.workspace, user)),
    // Reads work_item by work_item_started.
    started: count(sql('select count(*) as n from work_item where workspace = ? and initiator = ? and status = 0').get(of.workspace, user)),
    late: countMine(sql, of, late) + countGroups(sql, of, late),
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

/** Counts rows of inbox: all of an owner's, which the tally knows, or those due before a time. */
interface Range {
  readonly dueBefore: number
  readonly count: (owner: number, shared: 0 | 1) => number
}

const rangeOf = (sql: Sql, workspace: number, dueBefore?: number): Range => ({
  dueBefore: dueBefore ?? NEVER_DUE + 1,
  count: (owner, shared) =>
    dueBefore === undefined
      ? count(sql('select items as n from inbox_tally where workspace = ? and owner = ? and shared = ?').get(workspace, owner, shared))
      : // Reads inbox by its key.
        count(
          sql('select count(*) as n from inbox where workspace = ? and owner = ? and shared = ? and due < ?').get(
            workspace,
            owner,
            shared,
            dueBefore,
          ),
        ),
})

/** Mine, less what I am excluded from. */
const countMine = (sql: Sql, { workspace, me, excluded }: Of, range: Range): number =>
  range.count(me, 0) +
  range.count(me, 1) -
  count(
    sql(
      `select count(*) as n from inbox x where workspace = ?1 and owner = ?2 and shared = 1 and due < ?4
        and exists (select 1 from inbox m where m.workspace = ?1 and m.owner = ?3 and m.shared = 1 and m.due = x.due and m.item = x.item)`,
    ).get(workspace, excluded, me, range.dueBefore),
  )

/** My groups', each item once, less what is mine already and what I am excluded from. */
const countGroups = (sql: Sql, of: Of, range: Range): number => {
  const single = of.groups.reduce((sum, group) => sum + range.count(group, 0), 0)
  const sharing = of.groups.filter((group) => range.count(group, 1) > 0)
  const [only] = sharing
  if (only === undefined) return single
  const shared = sharing.length === 1 ? range.count(only, 1) : countDistinct(sql, of, sharing, range.dueBefore)
  return single + shared - countTaken(sql, of, sharing, range.dueBefore)
}

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
        where exists (select 1 from json_each(?4) g cross join inbox i on i.workspace = ?1 and i.owner = g.value and i.shared = 1 and i.due = t.due and i.item = t.item)`,
    ).get(workspace, me, excluded, JSON.stringify(groups), dueBefore),
  )
