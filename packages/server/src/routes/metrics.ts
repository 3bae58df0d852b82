import { type ActivityRow, MAX_BUCKETS, MAX_BUCKETS_OF_ALL, MillraceError, type Series, type WorkflowSeries } from '@millrace/protocol'
import type { ServerContext } from '../context.ts'
import type { HandlersOf } from '../http/handler.ts'
import { withoutUndefined } from '../without-undefined.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** What is shown unless asked otherwise. */
const USUAL_BUCKETS = { hour: 48, day: 14 }
/** Ages of open items: the first hour, half a day of work, a day, three, a week. */
const AGES_MS = [0, HOUR_MS, 4 * HOUR_MS, DAY_MS, 3 * DAY_MS, 7 * DAY_MS]

export const metricsHandlers = ({ now, store, workspace }: ServerContext): HandlersOf<'metrics'> => ({
  series: async ({ query }) => {
    const asOf = await store.queries.position()
    const bucketMs = query.bucket === 'hour' ? HOUR_MS : DAY_MS
    const offsetMs = query.offsetMinutes * 60_000
    const beginOf = (ms: number) => Math.floor((ms + offsetMs) / bucketMs) * bucketMs - offsetMs
    const toMs = query.toMs ?? now() + 1
    const fromMs = beginOf(query.fromMs ?? toMs - 1 - (USUAL_BUCKETS[query.bucket] - 1) * bucketMs)
    const buckets = bucketsOf({ fromMs, toMs, bucketMs, most: query.workflow === undefined ? MAX_BUCKETS_OF_ALL : MAX_BUCKETS })
    const { sinceMs, rows } = await store.queries.activity(
      withoutUndefined({ workspace, workflow: query.workflow, fromMs, toMs, bucketMs, offsetMs }),
    )
    const since = sinceMs === undefined ? Number.POSITIVE_INFINITY : beginOf(sinceMs)
    return {
      bucketMs,
      offsetMinutes: query.offsetMinutes,
      buckets,
      ...(sinceMs === undefined ? {} : { sinceMs }),
      workflows: [...Map.groupBy(rows, ({ workflow }) => workflow)].map(([workflow, own]) => seriesOf(workflow, own, buckets, since)),
      asOf,
    }
  },
  workItems: async ({ query }) => {
    const asOf = await store.queries.position()
    const atMs = now()
    const sinceMs = AGES_MS.slice(1).map((age) => atMs - age)
    const workflows = await store.queries.itemAges(workspace, sinceMs, query.workflow)
    return {
      ages: AGES_MS.map((fromMs, index) => withoutUndefined({ fromMs, toMs: AGES_MS[index + 1] })),
      workflows: workflows.map(({ workflow, counts }) => ({ workflow, counts: [...counts] })),
      atMs,
      asOf,
    }
  },
})

const bucketsOf = (range: {
  readonly fromMs: number
  readonly toMs: number
  readonly bucketMs: number
  readonly most: number
}): number[] => {
  const count = Math.ceil((range.toMs - range.fromMs) / range.bucketMs)
  if (count < 1) throw new MillraceError('BAD_REQUEST', 'toMs must be later than fromMs.', { details: { in: 'query', pointer: '/toMs' } })
  if (count > range.most) {
    throw new MillraceError(
      'BAD_REQUEST',
      `That would be ${count} buckets; at most ${range.most} are given. Ask for a shorter time, for days instead of hours, or for one workflow.`,
      { details: { in: 'query', pointer: '/fromMs' } },
    )
  }
  return Array.from({ length: count }, (_, index) => range.fromMs + index * range.bucketMs)
}

/** 0 where nothing happened, null where nothing was counted yet. */
const seriesOf = (workflow: string, rows: readonly ActivityRow[], buckets: Series['buckets'], sinceMs: number): WorkflowSeries => {
  const at = new Map(rows.map((row) => [row.atMs, row]))
  const values = (name: 'started' | 'completed' | 'failed' | 'aborted' | 'incidents') =>
    buckets.map((ms) => (ms < sinceMs ? null : (at.get(ms)?.[name] ?? 0)))
  return {
    workflow,
    started: values('started'),
    completed: values('completed'),
    failed: values('failed'),
    aborted: values('aborted'),
    incidents: values('incidents'),
  }
}
