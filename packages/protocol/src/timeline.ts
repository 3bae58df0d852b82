import { z } from 'zod'
import { TimeMs } from './json.ts'

/** What a stretch of time went to: `compute` an attempt ran, `queue` it waited for locks, `retry` for the next try, `person` for a decision … */
export const TIMELINE_CAUSES = [
  'compute',
  'queue',
  'retry',
  'person',
  'timer',
  'message',
  'callback',
  'child',
  'incident',
  'suspended',
] as const

export const TimelineSpan = z.object({
  cause: z.enum(TIMELINE_CAUSES),
  fromMs: TimeMs,
  /** Absent while it lasts. */
  toMs: TimeMs.optional(),
})

export const TimelineRow = z.object({
  /** 0 is the instance itself: its time in the queue and suspended. */
  step: z.number().int(),
  node: z.string(),
  title: z.string(),
  run: z.number().int(),
  /** Those within the window; of a step with very many, the first and the last. */
  spans: z.array(TimelineSpan),
  /** Spans left out of the middle. */
  spansLeft: z.number().int().optional(),
  /** How it ended; absent while it is open. */
  end: z.enum(['closed', 'withdrawn', 'skipped', 'failed']).optional(),
  /** One of the steps that made the instance take as long as it did. */
  isCritical: z.boolean().optional(),
})
export type TimelineRow = z.infer<typeof TimelineRow>

/** A window of an instance's timeline: rows of the steps that were open within it, in the order they began. Never over 256 KiB. */
export const Timeline = z.object({
  rows: z.array(TimelineRow),
  /** Steps of the instance in all. */
  steps: z.number().int(),
  /** First moment of the whole timeline, and the last one known; an open instance goes on from there. */
  fromMs: TimeMs,
  toMs: TimeMs,
  /** Rows of the window before the first and after the last one given: ask with `before` and `after`. */
  left: z.object({ before: z.number().int(), after: z.number().int() }),
  /** Facts of the instance the answer is true for. */
  facts: z.number().int(),
})
export type Timeline = z.infer<typeof Timeline>
