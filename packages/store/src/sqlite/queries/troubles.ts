/** Counts of what an operator looks for. Each reads the table or index of its trouble alone, so that it costs what is wrong and not what is well. */
import type { TroubleCount, TroubleCounts, TroubleCuts } from '@millrace/protocol'
import { statusCode } from '../codes.ts'
import { workspaceRange } from '../lookups.ts'
import type { QueryContext } from './context.ts'
import { NOBODY_CAN_ANSWER, unanswerableOwners } from './unanswerable.ts'

export const countTroubles = (context: QueryContext, workspace: string, cuts: TroubleCuts): TroubleCounts => {
  const { connection, lookups, now } = context
  const { sql } = connection
  const number = lookups.findWorkspace(workspace) ?? -1
  const { from, to } = workspaceRange(lookups, workspace)
  return {
    // Reads lock_request whole: those who hold or wait for locks.
    queued: countOf(sql(QUEUED).get(from, to, cuts.queuedBeforeMs)),
    // Reads suspended whole.
    suspended: countOf(
      sql('select count(*) as n, min(since) as since from suspended where instance > ? and instance < ? and since < ?').get(
        from,
        to,
        cuts.suspendedBeforeMs,
      ),
    ),
    // Reads timer by key, from its beginning.
    overdue: countOf(sql(OVERDUE).get(from, to, cuts.overdueBeforeMs)),
    missed: countOf(sql(MISSED).get(from, to, cuts.overdueBeforeMs)),
    nobody: countNobody(context, workspace),
    // Reads work_item by work_item_due.
    late: countOf(
      sql('select count(*) as n, min(due) as since from work_item where workspace = ? and status = 0 and due < ?').get(number, now()),
    ),
    // Reads instance by instance_failed.
    failed: countOf(
      sql(`select count(*) as n, min(ended) as since from instance
          where status = ${statusCode.write('FAILED')} and ended >= ? and id > ? and id < ?`).get(cuts.failedFromMs, from, to),
    ),
  }
}

const QUEUED = `select count(*) as n, min(l.since) as since from lock_request l join instance i on i.id = l.instance
  where l.instance > ?1 and l.instance < ?2 and l.since < ?3 and i.status = ${statusCode.write('QUEUED')}`
const OVERDUE = `select count(distinct t.instance) as n, min(t.due) as since from timer t join instance i on i.id = t.instance
  where t.due < ?3 and t.step > 0 and t.instance > ?1 and t.instance < ?2 and i.status = ${statusCode.write('RUNNING')}`
const MISSED = `select count(distinct t.instance) as n, min(t.due) as since from timer t join instance i on i.id = t.instance
  where t.due < ?3 and t.step = 0 and t.instance > ?1 and t.instance < ?2 and i.status = ${statusCode.write('SCHEDULED')}`

const countOf = (row: { readonly [column: string]: unknown } | undefined): TroubleCount => {
  const count = Number(row?.['n'] ?? 0)
  return count === 0 ? { count } : { count, sinceMs: Number(row?.['since']) }
}

/** Reads inbox by key for owners that cannot answer, work_item by id. */
const countNobody = (context: QueryContext, workspace: string): TroubleCount => {
  const owners = unanswerableOwners(context, workspace)
  if (owners.length === 0) return { count: 0 }
  return countOf(
    context.connection
      .sql(
        `select count(*) as n, min(w.created) as since from work_item w
          where w.id in (select x.item from inbox x where x.workspace = ?1 and x.owner in (select value from json_each(?2))) and ${NOBODY_CAN_ANSWER}`,
      )
      .get(context.lookups.findWorkspace(workspace) ?? -1, JSON.stringify(owners)),
  )
}
