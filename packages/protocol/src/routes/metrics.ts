import { z } from 'zod'
import { TimeMs } from '../json.ts'
import { Series, WorkItemAges } from '../metrics.ts'
import { defineRoute } from './route.ts'

/** Zones lie within 14 hours of UTC, on whole quarters of an hour. */
const offsetMinutes = z.coerce.number().int().min(-840).max(840).multipleOf(15).default(0)

export const metrics = {
  series: defineRoute({
    method: 'GET',
    path: '/metrics/series',
    noun: 'metrics',
    summary: 'Count starts, ends and incidents by hour or day',
    description:
      'Of one `workflow`, or of all in one answer: the last 14 days by day unless you say otherwise. `offsetMinutes` is how far your zone is ahead of ' +
      'UTC, so that a day is your day. Counted when it happened and kept for 400 days, also of instances that were purged since. A bucket before the ' +
      'first count is null. The rows behind a bucket: `GET /instances` with `createdFrom` and `createdTo`, or `endedFrom` and `endedTo`.',
    access: 'staff',
    query: z.strictObject({
      workflow: z.string().optional(),
      bucket: z.enum(['hour', 'day']).default('day'),
      fromMs: z.coerce.number().pipe(TimeMs).optional(),
      toMs: z.coerce.number().pipe(TimeMs).optional(),
      offsetMinutes,
    }),
    answers: { 200: Series },
  }),
  workItems: defineRoute({
    method: 'GET',
    path: '/metrics/work-items',
    noun: 'metrics',
    summary: 'Count open work items by age',
    access: 'staff',
    query: z.strictObject({ workflow: z.string().optional() }),
    answers: { 200: WorkItemAges },
  }),
} as const
