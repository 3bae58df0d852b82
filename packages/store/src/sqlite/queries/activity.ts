import type { ActivityQuery, ActivityRow } from '@millrace/protocol'
import { ACTIVITIES, QUARTER_MS } from '../../projections/activity.ts'
import type { QueryContext } from './context.ts'

/** Reads flow whole, activity by key: a range per workflow. */
export const readActivity = (
  { connection, lookups }: QueryContext,
  query: ActivityQuery,
): { readonly sinceMs?: number; readonly rows: readonly ActivityRow[] } => {
  const { sql } = connection
  const workspace = lookups.findWorkspace(query.workspace) ?? -1
  const rows = sql(
    `select f.workflow, cast((a.quarter * ${QUARTER_MS} + :offset) / :bucket as integer) as bucket, ${ACTIVITIES.map((name) => `sum(a.${name}) as ${name}`).join(', ')}
      from flow f cross join activity a on a.flow = f.id and a.quarter >= :from and a.quarter < :to
      where f.workspace = :workspace and (:workflow is null or f.workflow = :workflow) group by f.workflow, bucket order by f.workflow, bucket`,
  ).all({
    workspace,
    workflow: query.workflow ?? null,
    offset: query.offsetMs,
    bucket: query.bucketMs,
    from: Math.ceil(query.fromMs / QUARTER_MS),
    to: Math.ceil(query.toMs / QUARTER_MS),
  })
  const first = sql(
    'select min(first) as first from (select (select min(quarter) from activity where flow = f.id) as first from flow f where f.workspace = ?)',
  ).get(workspace)?.['first']
  return {
    ...(first === null || first === undefined ? {} : { sinceMs: Number(first) * QUARTER_MS }),
    rows: rows.map((row) => ({
      workflow: String(row['workflow']),
      atMs: Number(row['bucket']) * query.bucketMs - query.offsetMs,
      started: Number(row['started']),
      completed: Number(row['completed']),
      failed: Number(row['failed']),
      aborted: Number(row['aborted']),
      incidents: Number(row['incidents']),
    })),
  }
}
