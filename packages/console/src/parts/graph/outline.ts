/**
 * The same workflow as nested lists, for those who do not see the drawing or do not use a pointer. It comes from the same sequences as
 * the drawing, so both tell one story; edges that the nesting does not say are named at the node they leave.
 */
import type { Graph } from './graph.ts'
import { type Column, type Sequence, shapeOf } from './layout/sequence.ts'

export interface OutlineNode {
  readonly id: string
  /** Ways out that do not lead to the next of the list or into a branch. */
  readonly leads: readonly OutlineLead[]
  readonly branches: readonly OutlineBranch[]
}

export interface OutlineLead {
  readonly to: string
  readonly label?: string
  /** It leads to a node above. */
  readonly isBack: boolean
}

export interface OutlineBranch {
  readonly label?: string
  readonly nodes: readonly OutlineNode[]
  /** Where it goes on, if that is not the next of the list around it. */
  readonly joins?: string
}

export function outlineOf(graph: Graph): readonly OutlineNode[] {
  return new Outline(graph).list(shapeOf(graph).sequence, undefined)
}

class Outline {
  readonly #graph: Graph

  constructor(graph: Graph) {
    this.#graph = graph
  }

  /** @param after what comes next in the list around it: where its last node leads without saying so */
  list({ items }: Sequence, after: number | undefined): readonly OutlineNode[] {
    const nodes: OutlineNode[] = []
    items.forEach((item, i) => {
      if (item.kind === 'row') return
      const row = items[i + 1]
      const columns = row?.kind === 'row' ? row.columns : []
      const following = items[i + (columns.length > 0 ? 2 : 1)]
      const next = following?.kind === 'node' ? following.vertex.index : after
      const branches = [...columns, ...item.beside].map((column) => this.#branch(column, next))
      const drawn = new Set([...columns, ...item.beside].map((column) => column.arc))
      const leads = item.vertex.out
        .filter((arc) => !drawn.has(arc) && arc.to.index !== next)
        .map((arc) => this.#lead(arc.index, arc.to.index, arc.to.order <= item.vertex.order))
      const node = this.#graph.nodes[item.vertex.index]
      // The root stands for nothing; loose parts of a draft are listed one after the other.
      if (node === undefined) nodes.push(...branches.flatMap((branch) => branch.nodes))
      else nodes.push({ id: node.id, leads, branches })
    })
    return nodes
  }

  #branch({ arc, sequence }: Column, next: number | undefined): OutlineBranch {
    const label = this.#graph.edges[arc.index]?.label
    const joins = sequence.items.length === 0 && arc.to.index !== next ? this.#graph.nodes[arc.to.index]?.id : undefined
    return {
      ...(label === undefined ? {} : { label }),
      nodes: this.list(sequence, next),
      ...(joins === undefined ? {} : { joins }),
    }
  }

  #lead(edge: number, to: number, isBack: boolean): OutlineLead {
    const label = this.#graph.edges[edge]?.label
    return { to: this.#graph.nodes[to]?.id ?? '', isBack, ...(label === undefined ? {} : { label }) }
  }
}
