import type { Fact } from '@millrace/kernel'
import { type HistoryEntry, historyEntry } from '@millrace/protocol'

/** Facts as a server's history shows them, so that one reader does for both. */
export function historyOf(facts: readonly Fact[]): readonly HistoryEntry[] {
  const nodes = new Map<number, string>()
  let run = 1
  return facts.map((fact, index) => {
    if (fact.t === 'opened') nodes.set(fact.step, fact.node)
    if (fact.t === 'restarted') run = fact.run
    const node = 'step' in fact && fact.step !== undefined ? nodes.get(fact.step) : undefined
    return historyEntry(fact, { seq: index + 1, run, node })
  })
}
