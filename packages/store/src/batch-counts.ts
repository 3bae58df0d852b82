import type { BatchCounts, BatchRowState } from '@millrace/protocol'

/** How many rows of a batch are in which state; states that do not occur are 0. */
export const countRows = (counted: readonly (readonly [BatchRowState, number])[]): BatchCounts => {
  const counts: BatchCounts = { waiting: 0, running: 0, done: 0, failed: 0, refused: 0, left: 0 }
  for (const [state, count] of counted) counts[state] += count
  return counts
}
