import type { Graph } from './graph.ts'
import type { Layout, PlacedNode } from './layout/layout.ts'

export type Direction = 'down' | 'up' | 'left' | 'right'

/** Where an arrow key leads: down and up along the edges, left and right to the nearest node at the same height. */
export function neighbourOf(graph: Graph, layout: Layout, from: string, direction: Direction): string | undefined {
  const here = layout.nodes.get(from)
  if (here === undefined) return graph.nodes[0]?.id
  const ids = direction === 'down' ? successors(graph, from) : direction === 'up' ? predecessors(graph, from) : layout.nodes.keys()
  let best: { readonly id: string; readonly cost: number } | undefined
  for (const id of ids) {
    const place = layout.nodes.get(id)
    const cost = place === undefined || id === from ? undefined : costOf(here, place, direction)
    if (cost !== undefined && (best === undefined || cost < best.cost)) best = { id, cost }
  }
  return best?.id
}

function successors(graph: Graph, from: string): readonly string[] {
  return graph.edges.filter((edge) => edge.from === from).map((edge) => edge.to)
}

function predecessors(graph: Graph, to: string): readonly string[] {
  return graph.edges.filter((edge) => edge.to === to).map((edge) => edge.from)
}

/** How far to go; undefined when it is the wrong way. */
function costOf(here: PlacedNode, there: PlacedNode, direction: Direction): number | undefined {
  const dx = there.x + there.width / 2 - (here.x + here.width / 2)
  const dy = there.y + there.height / 2 - (here.y + here.height / 2)
  switch (direction) {
    case 'down':
      return dy > 0 ? dy + Math.abs(dx) / 4 : undefined
    case 'up':
      return dy < 0 ? -dy + Math.abs(dx) / 4 : undefined
    case 'left':
      return dx < 0 && -dx > Math.abs(dy) ? -dx + 2 * Math.abs(dy) : undefined
    case 'right':
      return dx > 0 && dx > Math.abs(dy) ? dx + 2 * Math.abs(dy) : undefined
  }
}
