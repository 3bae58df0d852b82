import { z } from 'zod'
import { TimeMs } from './json.ts'

/** Values of one kind, one per bucket; null where nothing is known, which is not the same as none. */
const Values = z.array(z.number().int().nullable())

/** What happened to the instances of one workflow. */
export const WorkflowSeries = z.object({
  workflow: z.string(),
  started: Values,
  completed: Values,
  failed: Values,
  aborted: Values,
  /** Incidents opened. */
  incidents: Values,
})
export type WorkflowSeries = z.infer<typeof WorkflowSeries>

/** Counts from what is stored, by bucket of time. */
export const Series = z.object({
  bucketMs: z.number().int(),
  offsetMinutes: z.number().int(),
  /** Begin of each bucket; the last one may still be filling. */
  buckets: z.array(TimeMs),
  /** Since when counts are kept; buckets before it are null. Absent where nothing has happened yet. */
  sinceMs: TimeMs.optional(),
  /** Workflows of which something is known in these buckets. */
  workflows: z.array(WorkflowSeries),
  asOf: z.number().int(),
})
export type Series = z.infer<typeof Series>

/** Open work items by how long they have been open. */
export const WorkItemAges = z.object({
  /** Ages, youngest first; `toMs` is absent for the last. */
  ages: z.array(z.object({ fromMs: z.number().int(), toMs: z.number().int().optional() })),
  /** One count per age. */
  workflows: z.array(z.object({ workflow: z.string(), counts: z.array(z.number().int()) })),
  /** When ages were counted from: the row behind a bar is `createdFrom` and `createdTo` before it. */
  atMs: TimeMs,
  asOf: z.number().int(),
})
export type WorkItemAges = z.infer<typeof WorkItemAges>

/** Most buckets of one answer about one workflow, and about all of them. */
export const MAX_BUCKETS = 1_000
export const MAX_BUCKETS_OF_ALL = 100
