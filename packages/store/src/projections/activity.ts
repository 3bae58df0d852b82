/** What a change adds to the counts of its quarter of an hour. */
import { isFinal } from '@millrace/kernel'
import type { InstanceChange } from '@millrace/protocol'

/** A quarter of an hour: hours and days of every time zone are whole numbers of it. */
export const QUARTER_MS = 900_000

export interface Activity {
  readonly started: number
  readonly completed: number
  readonly failed: number
  readonly aborted: number
  readonly incidents: number
}

export const ACTIVITIES = ['started', 'completed', 'failed', 'aborted', 'incidents'] as const

/** Undefined where nothing is counted. `opened`: incidents that this change opened. */
export const activityOf = ({ before, after }: InstanceChange, opened: number): Activity | undefined => {
  const ended = isFinal(after.status) && before?.status !== after.status ? after.status : undefined
  if (before !== undefined && ended === undefined && opened === 0) return undefined
  return {
    started: before === undefined ? 1 : 0,
    completed: ended === 'COMPLETED' ? 1 : 0,
    failed: ended === 'FAILED' ? 1 : 0,
    aborted: ended === 'ABORTED' ? 1 : 0,
    incidents: opened,
  }
}
