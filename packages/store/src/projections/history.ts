/** Facts as the history shows them: typed, in order, with who and on whose behalf. */
import type { Fact } from '@millrace/kernel'
import { type HistoryEntry, historyEntry } from '@millrace/protocol'
import { followSteps, type RowContext } from './context.ts'

/** Facts of one tick as they are stored. */
export interface FactRow {
  /** Number of the first fact inside the instance. */
  readonly seq: number
  /** Run at the first fact. */
  readonly run: number
  readonly facts: readonly Fact[]
  readonly context: RowContext
}

export const historyOf = (row: FactRow): readonly HistoryEntry[] => {
  const steps = followSteps(row.context)
  let { run } = row
  return row.facts.map((fact, index) => {
    if (fact.t === 'restarted') run = fact.run
    return historyEntry(fact, { seq: row.seq + index, run, node: steps.see(fact)?.node })
  })
}
