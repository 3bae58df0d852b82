import type { Fact } from '@millrace/kernel'
import type { HistoryEntry } from '@millrace/protocol'

/** Facts as a server's history shows them, so that one reader does for both. */
export function historyOf(facts: readonly Fact[]): readonly HistoryEntry[] {
  const nodes = new Map<number, string>()
  let run = 1
  return facts.map((fact, index) => {
    if (fact.t === 'opened') nodes.set(fact.step, fact.node)
    if (fact.t === 'restarted') run = fact.run
    const { at, t, step, node, by, for: onBehalfOf, run: _, ...details } = fact as Fact & Partial<Lifted>
    const known = node ?? (step === undefined ? undefined : nodes.get(step))
    return {
      seq: index + 1,
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
