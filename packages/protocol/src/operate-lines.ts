import { z } from 'zod'
import { Json, TimeMs } from './json.ts'

/**
 * What an operator should see first, worst first: `READ_ONLY` the host takes no commands; `DISK_LOW`; `STALE` nothing will move an instance; `INCIDENTS`
 * failed steps of one cause; `NOBODY` nobody who is asked can answer; `OVERDUE` timers and retries past their time; `SCHEDULED_MISSED` starts past theirs;
 * `QUEUED_LONG` behind a lock for long; `LATE` work items past their due time; `SUSPENDED_LONG`; `FAILED` runs that failed lately.
 */
export const OPERATE_CODES = [
  'READ_ONLY',
  'DISK_LOW',
  'STALE',
  'INCIDENTS',
  'NOBODY',
  'OVERDUE',
  'SCHEDULED_MISSED',
  'QUEUED_LONG',
  'LATE',
  'SUSPENDED_LONG',
  'FAILED',
] as const

/** Lines shown at once; what is left is in `rest`. */
export const MOST_OPERATE_LINES = 7

export const OperateLine = z.object({
  code: z.enum(OPERATE_CODES),
  /** Instances, work items or incidents; 0 where it is about the host. */
  count: z.number().int(),
  /** Since when the oldest of them is so. */
  sinceMs: TimeMs.optional(),
  /** Values of the sentence: workflow, node, message, reason, lock … */
  params: z.record(z.string(), Json),
  /** The list with exactly those rows, as an address of the API: `GET /instances?trouble=suspended&…`. Absent where it is about the host. */
  link: z.object({ to: z.enum(['instances', 'inbox', 'incidents', 'doctor']), query: z.record(z.string(), z.string()) }).optional(),
})
export type OperateLine = z.infer<typeof OperateLine>

export const Operate = z.object({
  /** At most seven, worst first; every kind of trouble before a second group of incidents. */
  lines: z.array(OperateLine),
  /** What did not fit. */
  rest: z.array(OperateLine),
  /** Open instances. */
  open: z.number().int(),
  asOf: z.number().int(),
})
export type Operate = z.infer<typeof Operate>
