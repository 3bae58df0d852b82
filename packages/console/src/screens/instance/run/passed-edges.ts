import type { HistoryEntry } from '@millrace/protocol'

/** Ids of the transitions taken in the newest run, as the graph names its edges. */
export const passedEdges = (facts: readonly HistoryEntry[]): ReadonlySet<string> => {
  const run = facts.at(-1)?.run
  const passed = new Set<string>()
  for (const { run: of, details } of facts) {
    if (of !== run) continue
    for (const edges of [details.in, details.out])
      if (Array.isArray(edges)) for (const edge of edges) if (typeof edge === 'number') passed.add(String(edge))
  }
  return passed
}
