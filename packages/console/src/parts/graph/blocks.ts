import type { Graph, GraphEdge, GraphNode } from './graph.ts'
import { type Sequence, shapeOf } from './layout/sequence.ts'

/** The branches between a split and where they meet again: what can be folded into one box. */
export interface Block {
  /** Id of the node that splits; it stays when the block is folded. */
  readonly split: string
  /** Ids of the nodes in its branches, those of blocks within included. */
  readonly nodes: readonly string[]
}

/** Fewer are no easier to read as one box. */
const SMALLEST = 2

/** Every block of a graph, outer ones before those within. */
export function blocksOf(graph: Graph): readonly Block[] {
  const blocks: Block[] = []
  const idAt = (index: number) => graph.nodes[index]?.id
  const collect = (sequence: Sequence): readonly string[] =>
    sequence.items.flatMap((item, i) => {
      const columns = item.kind === 'row' ? item.columns : item.beside
      const above = sequence.items[i - 1]
      const split = item.kind === 'row' && above?.kind === 'node' ? idAt(above.vertex.index) : undefined
      const place = blocks.length
      const inner = columns.flatMap((column) => collect(column.sequence))
      if (split !== undefined && inner.length >= SMALLEST) blocks.splice(place, 0, { split, nodes: inner })
      const own = item.kind === 'node' ? idAt(item.vertex.index) : undefined
      return own === undefined ? inner : [own, ...inner]
    })
  collect(shapeOf(graph).sequence)
  return blocks
}

/** A graph in which the blocks of the named splits are one box each, of type `block`. */
export function foldBlocks(graph: Graph, blocks: readonly Block[], folded: ReadonlySet<string>): Graph {
  const boxOf = new Map<string, string>()
  const boxes: GraphNode[] = []
  for (const { split, nodes } of blocks) {
    // Outer blocks come first: what they hold is folded already.
    if (!folded.has(split) || boxOf.has(split)) continue
    const id = `block:${split}`
    boxes.push({ id, title: '', type: 'block', holds: nodes })
    for (const node of nodes) boxOf.set(node, id)
  }
  if (boxes.length === 0) return graph
  return {
    nodes: [...graph.nodes.filter((node) => !boxOf.has(node.id)), ...boxes],
    edges: mergeEdges(graph.edges, (id) => boxOf.get(id) ?? id, new Set(boxes.map((box) => box.id))),
  }
}

/** Edges inside a box go; those that now have both ends in common become one, which carries the ids of all. */
function mergeEdges(edges: readonly GraphEdge[], endOf: (id: string) => string, boxes: ReadonlySet<string>): readonly GraphEdge[] {
  const merged = new Map<string, GraphEdge>()
  for (const edge of edges) {
    const [from, to] = [endOf(edge.from), endOf(edge.to)]
    if (from === to && boxes.has(from)) continue
    const isAtBox = boxes.has(from) || boxes.has(to)
    const key = isAtBox ? JSON.stringify([from, to]) : edge.id
    const known = merged.get(key)
    if (known === undefined) merged.set(key, isAtBox ? { id: edge.id, from, to, carries: [edge.id] } : edge)
    else merged.set(key, { ...known, carries: [...(known.carries ?? []), edge.id] })
  }
  return [...merged.values()]
}
