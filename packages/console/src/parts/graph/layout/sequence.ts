/**
 * A graph as columns within columns: what stands under what, and what beside. No places yet (`place.ts`).
 *
 * A sequence is read top to bottom. Its nodes stand on one axis; a row holds the branches of the node above it; small branches that only
 * lead back or end early stand beside the node they leave, so that the main way stays one straight line.
 */
import type { NodeType } from '@millrace/model'
import type { Graph } from '../graph.ts'
import { type Arc, blocksThatLeadBack, type Structure, structureOf, type Vertex } from './structure.ts'

export interface Sequence {
  readonly items: readonly Item[]
}

export type Item = NodeItem | RowItem

export interface NodeItem {
  readonly kind: 'node'
  readonly vertex: Vertex
  readonly beside: readonly Column[]
}

/** Branches side by side, under the node item before it. */
export interface RowItem {
  readonly kind: 'row'
  readonly columns: readonly Column[]
}

export interface Column {
  /** The edge that leads into it. */
  readonly arc: Arc
  /** Empty where the edge leads straight to the merge below. */
  readonly sequence: Sequence
}

/** A branch is small enough to stand beside a main one that is at least so many times its weight, and more. */
const LOPSIDED = { times: 2, more: 1 }
/** The same where they only meet at the end: leaving early is not one way of two. */
const LOPSIDED_AT_END = { times: 1, more: 1 }

export interface Shape {
  readonly structure: Structure
  readonly sequence: Sequence
}

/** Drawing, outline and folding ask for the same graph: it is taken apart once. */
const known = new WeakMap<Graph, Shape>()

export function shapeOf(graph: Graph): Shape {
  const before = known.get(graph)
  if (before !== undefined) return before
  const structure = structureOf(graph)
  const shape = { structure, sequence: new Arrangement(graph, structure).from(structure.root) }
  known.set(graph, shape)
  return shape
}

class Arrangement {
  readonly #types: readonly (NodeType | 'block')[]
  readonly #leadsBack: ReadonlySet<Vertex>

  constructor(graph: Graph, structure: Structure) {
    this.#types = graph.nodes.map((node) => node.type)
    this.#leadsBack = blocksThatLeadBack(structure)
  }

  /** Only rows and branches beside recurse: a chain of thousands of nodes is one loop. */
  from(first: Vertex): Sequence {
    const items: Item[] = []
    const open = [first]
    for (let vertex = open.pop(); vertex !== undefined; vertex = open.pop()) {
      const { main, beside, columns } = this.#arrange(vertex)
      items.push({ kind: 'node', vertex, beside: beside.map((arc) => this.#column(arc)) })
      if (columns.length > 0) items.push({ kind: 'row', columns: columns.map((arc) => this.#column(arc)) })
      open.push(...vertex.merges.toReversed())
      if (main !== undefined) open.push(main.to)
    }
    return { items }
  }

  #column(arc: Arc): Column {
    return { arc, sequence: arc.to.entry === arc ? this.from(arc.to) : { items: [] } }
  }

  #arrange(vertex: Vertex): { readonly main?: Arc; readonly beside: readonly Arc[]; readonly columns: readonly Arc[] } {
    const branches = vertex.out.filter((arc) => arc.to.entry === arc)
    const onward = branches.filter((arc) => !this.#leadsBack.has(arc.to))
    const [first] = vertex.merges
    const columns = vertex.out.filter((arc) => arc.to.entry === arc || (arc.to === first && arc.to !== vertex))
    if (onward.length === 0) return columns.length < 2 ? { ...single(branches), beside: [], columns: [] } : { beside: [], columns }
    const kept = columns.filter((arc) => arc.to.entry !== arc || onward.includes(arc))
    const back = branches.filter((arc) => !onward.includes(arc))
    if (kept.length === 1) return { ...single(onward), beside: back, columns: [] }
    const main = onward.reduce((heavy, arc) => (arc.to.weight > heavy.to.weight ? arc : heavy))
    if (this.#isLopsided(main, kept, first)) return { main, beside: branches.filter((arc) => arc !== main), columns: [] }
    return { beside: back, columns: kept }
  }

  /** Branches that a join closes are equals: they stand side by side whatever their weight. An edge straight to the end weighs nothing. */
  #isLopsided(main: Arc, kept: readonly Arc[], merge: Vertex | undefined): boolean {
    const type = merge === undefined ? undefined : this.#types[merge.index]
    if (type === 'and-join' || type === 'or-join') return false
    const direct = type === 'end' ? 0 : 1
    const others = kept.filter((arc) => arc !== main).map((arc) => (arc.to.entry === arc ? arc.to.weight : direct))
    const { times, more } = type === 'end' ? LOPSIDED_AT_END : LOPSIDED
    return main.to.weight >= more + times * Math.max(0, ...others)
  }
}

function single(arcs: readonly Arc[]): { readonly main?: Arc } {
  const [main] = arcs
  return main === undefined ? {} : { main }
}
