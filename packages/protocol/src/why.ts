import { z } from 'zod'
import { Json, TimeMs } from './json.ts'

/**
 * Why an open instance is not moving, as data: the console and the CLI write the sentence (CONSOLE rule 2). The codes:
 * `PERSON` waits for somebody to decide; `NOBODY` waits for a person but nobody can answer; `RETRY` next try at `nextAtMs` (`asked`: the service asked for the wait); `TASK` an attempt runs;
 * `CALLBACK` waits for a callback; `MESSAGE`; `TIMER`; `CHILD`; `QUEUED` behind `blockers`; `SCHEDULED`; `SUSPENDED`; `CANCELLING`;
 * `INCIDENT`; `CODE` the function runs; `JOIN` a join waits for other branches; `STALE` nothing explains it.
 */
export const WHY_CODES = [
  'PERSON',
  'NOBODY',
  'RETRY',
  'TASK',
  'CALLBACK',
  'MESSAGE',
  'TIMER',
  'CHILD',
  'QUEUED',
  'SCHEDULED',
  'SUSPENDED',
  'CANCELLING',
  'INCIDENT',
  'CODE',
  'JOIN',
  'STALE',
] as const

export const Why = z.object({
  code: z.enum(WHY_CODES),
  /** Values of the sentence: node, title, task, attempt, attempts, position, lock, message … */
  params: z.record(z.string(), Json),
  sinceMs: TimeMs,
  nextAtMs: TimeMs.optional(),
  /** What is in the way, as noun and id: `['instance', '…']`, `['work-item', '…']`, `['lock', 'deployment:web']`. */
  blockers: z.array(z.tuple([z.string(), z.string()])),
  /** Who can move it: `user:ana`, `group:finance`. */
  who: z.array(z.string()),
  /** How many more open reasons there are beside this one. */
  more: z.number().int().default(0),
})
export type Why = z.infer<typeof Why>
