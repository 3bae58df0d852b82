/** Facts as the history shows them: typed, in order, with who and on whose behalf. */
import type { Fact } from '@millrace/kernel'
import type { HistoryEntry } from '@millrace/protocol'
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
    const { at, t, step, node, by, for: onBehalfOf, run: _, ...details } = fact as Fact & Partial<Lifted>
    const known = steps.see(fact)?.node ?? node
    return {
      seq: row.seq + index,
      atMs: at,
      type: t,
      run,
      ...(known === undefined ? {} : { node: known }),
      ...(step === undefined ? {} : { step }),
      ...(by === undefined ? {} : { by }),
      ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
      details: details as HistoryEntry['details'],
    }
  })
}

/** Keys of facts that have a place of their own in an entry. */
interface Lifted {
  readonly step: number
  readonly node: string
  readonly by: string
  readonly for: string
  readonly run: number
}
