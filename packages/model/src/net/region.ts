import type { Net } from './net.ts'

type Graph = Pick<Net, 'nodes' | 'edges' | 'incoming' | 'outgoing'>

/**
 * The block a `need n` join closes: the smallest one that an and-split opens, that nothing enters or leaves but through the split
 * and the join. `split` is undefined where there is none, and `edges` then only the join's own incoming ones.
 */
export function blockRegion(graph: Graph, join: number): { readonly split?: number; readonly edges: readonly number[] } {
  let best: { readonly split: number; readonly edges: readonly number[] } | undefined
  for (let split = 0; split < graph.nodes.length; split++) {
    if (graph.nodes[split]?.split !== 'all' || split === join) continue
    const edges = blockBetween(graph, split, join)
    if (edges !== undefined && (best === undefined || edges.length < best.edges.length)) best = { split, edges }
  }
  return best ?? { edges: graph.incoming[join] ?? [] }
}

/** Edges from the split to the join, or undefined when they are no block. */
function blockBetween(graph: Graph, split: number, join: number): readonly number[] | undefined {
  const edges = new Set<number>(graph.outgoing[split])
  const nodes = new Set<number>()
  for (const edge of edges) {
    const to = graph.edges[edge]?.to
    if (to === undefined || to === split) return undefined
    if (to === join || nodes.has(to)) continue
    nodes.add(to)
    const outgoing = graph.outgoing[to] ?? []
    // An end inside would let a branch leave without the join.
    if (outgoing.length === 0) return undefined
    for (const next of outgoing) edges.add(next)
  }
  for (const node of [...nodes, join]) {
    for (const edge of graph.incoming[node] ?? []) if (!edges.has(edge)) return undefined
  }
  return [...edges].sort((a, b) => a - b)
}
