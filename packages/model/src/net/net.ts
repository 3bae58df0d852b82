/**
 * The token game: a model as a net of numbered nodes and edges. Package kernel plays it, `soundness/` explores it; both mean this.
 *
 * Tokens stand on edges (= transitions, by their index in `model.transitions`). A step of a node is open from the moment its token
 * arrives until the node fires; for the game that token still stands on the incoming edge.
 *
 * G1. Beginning: the start fires, as in G6. In a model it has one outgoing edge.
 * G2. A node with join `any` fires once for every token that arrives, and consumes that token.
 * G3. A node with join `all` fires when every incoming edge has a token, and consumes one of each.
 * G4. A node with join `need n` fires when n of its incoming edges have a token; then everything in its block is withdrawn: every
 *     token on an edge of `region[node]` (its own incoming edges are among them) and every step open there.
 * G5. Joins are eager: a join (G3, G4) that can fire does so before anything else happens. Where several can, the one with the
 *     lower node index is first; in a sound model the order makes no difference.
 * G6. Firing puts a token on one outgoing edge (split `one`: a person's route, a rule, the only edge), or on every one (split
 *     `all`). An `end` has none: its token is gone.
 * G7. The instance completes when no token is left. Several branches may each run into an end.
 *
 * What soundness forbids (DESIGN 4.2): tokens that can never move again; two tokens at once before one node, in all (two steps of
 * it at the same time) or, for joins, on one edge; a node that never fires; a state from which completion cannot be reached. Tokens
 * at an end do not count as two at once, because an end is no step.
 */
import type { Model, Node, Transition } from '../model.ts'
import { loopNodes } from './loops.ts'
import { blockRegion } from './region.ts'

export type Join = 'any' | 'all' | { readonly need: number }
export type Split = 'one' | 'all'

/** A node as the token game sees it. Deployment plans build these directly, without a model. */
export interface NetNode {
  readonly id: string
  readonly join: Join
  readonly split: Split
}

/** All arrays are by node index or edge index; edges are numbered as the transitions they stand for. */
export interface Net {
  readonly nodes: readonly NetNode[]
  readonly edges: readonly { readonly from: number; readonly to: number }[]
  /** Edge indexes, in the order of the transitions (I2 of the model). */
  readonly incoming: readonly (readonly number[])[]
  readonly outgoing: readonly (readonly number[])[]
  readonly indexOf: ReadonlyMap<string, number>
  readonly start: number
  /**
   * For a node with join `need n`: the edges of its block, from the split's outgoing ones to its own incoming ones, in order.
   * Where no and-split encloses the join (validation refuses it: JOIN_NEEDS_BLOCK) only its own incoming edges. Undefined for others.
   */
  readonly region: readonly (readonly number[] | undefined)[]
  /** The and-split that opens the block of a `need n` join; undefined for others, and without a block. */
  readonly blockSplit: readonly (number | undefined)[]
  /** The node lies on a cycle, so its passes are counted and limited. */
  readonly isInLoop: readonly boolean[]
}

/** Compiles a model whose transitions all name nodes (I1); linear in its size, but for blocks of `need n` joins. */
export function compileNet(model: Pick<Model, 'nodes' | 'transitions'>): Net {
  return compileGraph(
    model.nodes.map((node) => ({ id: node.id, join: joinOf(node), split: splitOf(node) })),
    model.transitions,
    0,
  )
}

/** Compiles any graph of joins and splits; `start` is the index of its first node. Throws when a transition names no node. */
export function compileGraph(nodes: readonly NetNode[], transitions: readonly Pick<Transition, 'from' | 'to'>[], start: number): Net {
  const indexOf = new Map(nodes.map((node, i) => [node.id, i]))
  const incoming: number[][] = nodes.map(() => [])
  const outgoing: number[][] = nodes.map(() => [])
  const edges = transitions.map((transition, edge) => {
    const from = indexOf.get(transition.from)
    const to = indexOf.get(transition.to)
    if (from === undefined || to === undefined)
      throw new Error(`Transition ${edge} joins ${transition.from} to ${transition.to}: no such node.`)
    outgoing[from]?.push(edge)
    incoming[to]?.push(edge)
    return { from, to }
  })
  const graph = { nodes: withPlainJoins(nodes, incoming), edges, incoming, outgoing, indexOf, start }
  const blocks = graph.nodes.map((node, i) => (typeof node.join === 'object' ? blockRegion(graph, i) : undefined))
  return {
    ...graph,
    region: blocks.map((block) => block?.edges),
    blockSplit: blocks.map((block) => block?.split),
    isInLoop: loopNodes(graph),
  }
}

/** A join that needs as many as it has is a plain one: nothing is ever left to withdraw. */
function withPlainJoins(nodes: readonly NetNode[], incoming: readonly (readonly number[])[]): readonly NetNode[] {
  return nodes.map((node, i) => {
    const isPlain = typeof node.join === 'object' && node.join.need === incoming[i]?.length
    return isPlain ? { ...node, join: 'all' } : node
  })
}

export function joinOf(node: Node): Join {
  if (node.type !== 'and-join') return 'any'
  return node.need === undefined ? 'all' : { need: node.need }
}

export function splitOf(node: Node): Split {
  return node.type === 'and-split' ? 'all' : 'one'
}
