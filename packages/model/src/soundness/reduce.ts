/**
 * Folds a net while keeping whether it is sound: what folds to start → end is sound. Linear but for degrees.
 *
 * Every node is first split in two where it both joins and splits, so that each vertex is one of: choice (join any, split one),
 * fork (split all, one way in), join (join all or need n, one way out). Then, until nothing applies:
 *
 * F1. A vertex with one way in and one way out goes; its two edges become one.
 * F2. Choice after choice becomes one choice, where the first has one way out or the second one way in; fork after fork and join
 *     into join likewise.
 * F3. Two edges from one choice to another choice become one; two from a fork to the same join become one. A fork whose every edge
 *     goes to one `need n` join (n at most their number) that has no other becomes one edge.
 * F4. An edge from a choice to itself goes, if it has another way out.
 *
 * Why each keeps soundness: F1 only makes a wait shorter; in F2 the token could always take both decisions at once; in F3 the two
 * ways cannot be told apart; in F4 a turn that changes nothing is left out. Two tokens that would meet before a folded node meet
 * before the one it was folded into. Ends may take any number of tokens, so nothing with several ways in is folded into an end, edges
 * from a fork into an end are kept, and the rest is searched with at most one token on an edge into an end (`search`, option
 * `endsHold`). That may call a sound rest unsound, never the reverse; then the model itself is searched.
 */
import type { Net, NetNode } from '../net/net.ts'
import { compileGraph } from '../net/net.ts'

interface Vertex {
  /** What its several ways in do; of no matter with one. */
  join: NetNode['join']
  split: NetNode['split']
  readonly in: Set<number>
  readonly out: Set<number>
  readonly isEnd: boolean
  /** Opens the block of a `need n` join: it must stay to be found again. */
  readonly isBlockSplit: boolean
  isGone: boolean
}

interface Edge {
  from: number
  to: number
  /** No node was folded into it: a token put on it is there at once. */
  isDirect: boolean
}

/** 'sound' when the net folded away; else what is left as a net of its own, or 'stuck' when searching that would prove nothing. */
export function reduce(net: Net): 'sound' | 'stuck' | Net {
  // Folding never looks at whole paths: nodes that no path joins to the start and to an end must be found first.
  if (!everyNodeOnAPath(net)) return 'stuck'
  const folding = new Folding(net)
  folding.run()
  return folding.isFolded() ? 'sound' : folding.rest()
}

class Folding {
  readonly #vertices: Vertex[] = []
  readonly #edges: Edge[] = []
  readonly #work: number[] = []
  readonly #start: number

  constructor(net: Net) {
    const entry: number[] = []
    const exit: number[] = []
    const blockSplits = new Set(net.blockSplit)
    // All ends are one: each only takes its token away.
    const end = this.#addVertex({ join: 'any', split: 'one', isEnd: true, isBlockSplit: false })
    net.nodes.forEach((node, i) => {
      const ways = { in: net.incoming[i]?.length ?? 0, out: net.outgoing[i]?.length ?? 0 }
      if (ways.out === 0) {
        entry[i] = exit[i] = end
        return
      }
      const isBlockSplit = blockSplits.has(i)
      const first = this.#addVertex({ join: node.join, split: node.split, isEnd: false, isBlockSplit })
      entry[i] = exit[i] = first
      if ((node.join !== 'any' || node.split === 'all') && ways.in > 1 && ways.out > 1) {
        const second = this.#addVertex({ join: 'any', split: node.split, isEnd: false, isBlockSplit })
        exit[i] = second
        this.#addEdge(first, second)
      }
    })
    for (const { from, to } of net.edges) this.#addEdge(exit[from] ?? 0, entry[to] ?? 0)
    this.#start = entry[net.start] ?? 0
  }

  run(): void {
    for (let next = this.#work.pop(); next !== undefined; next = this.#work.pop()) {
      const vertex = this.#vertices[next]
      if (vertex !== undefined && !vertex.isGone) this.#fold(next, vertex)
    }
  }

  isFolded(): boolean {
    const alive = this.#vertices.filter((vertex) => !vertex.isGone)
    const start = this.#vertices[this.#start]
    const [only] = start?.out ?? []
    return alive.length === 2 && start?.out.size === 1 && this.#edges[only ?? -1]?.to !== this.#start
  }

  /** Blocks of `need n` joins may have changed shape by folding around them, so a rest with one proves nothing. */
  rest(): 'stuck' | Net {
    const alive = this.#vertices.map((vertex, i) => ({ vertex, i })).filter(({ vertex }) => !vertex.isGone)
    if (alive.some(({ vertex }) => typeof vertex.join === 'object')) return 'stuck'
    const nodes = alive.map(({ vertex, i }) => ({ id: String(i), join: vertex.join, split: vertex.split }))
    const transitions = alive.flatMap(({ vertex }) => [...vertex.out].map((edge) => this.#edges[edge] ?? { from: 0, to: 0 }))
    const named = transitions.map(({ from, to }) => ({ from: String(from), to: String(to) }))
    return compileGraph(
      nodes,
      named,
      alive.findIndex(({ i }) => i === this.#start),
    )
  }

  #fold(index: number, vertex: Vertex): void {
    if (this.#dropSelfLoops(index, vertex)) return
    if (this.#mergeParallel(index, vertex)) return
    if (this.#dropPassage(index, vertex)) return
    this.#mergeNeighbour(index, vertex)
  }

  /** F4 */
  #dropSelfLoops(index: number, vertex: Vertex): boolean {
    if (!isChoice(vertex)) return false
    const loops = [...vertex.out].filter((edge) => this.#edges[edge]?.to === index)
    if (loops.length === 0 || loops.length === vertex.out.size) return false
    for (const edge of loops) this.#removeEdge(edge)
    this.#again(index)
    return true
  }

  /** F3 */
  #mergeParallel(index: number, vertex: Vertex): boolean {
    if (vertex.out.size < 2) return false
    const byTarget = new Map<number, number[]>()
    for (const edge of vertex.out) {
      const to = this.#edges[edge]?.to ?? 0
      byTarget.set(to, [...(byTarget.get(to) ?? []), edge])
    }
    let hasChanged = false
    for (const [to, edges] of byTarget) {
      const target = this.#vertices[to]
      if (target === undefined || edges.length < 2 || !this.#isOneWay(vertex, target, edges)) continue
      for (const edge of edges.slice(1)) this.#removeEdge(edge)
      // What is left of a counting join passes one token on.
      if (typeof target.join === 'object') target.join = 'all'
      this.#again(index)
      this.#again(to)
      hasChanged = true
    }
    return hasChanged
  }

  #isOneWay(from: Vertex, to: Vertex, edges: readonly number[]): boolean {
    if (isChoice(from)) return to.join === 'any'
    if (from.split !== 'all' || to.join === 'any') return false
    if (to.join === 'all') return true
    const count = edges.length
    if (from.out.size !== count || to.in.size !== count || to.join.need > count) return false
    // Where the direct edges are enough, the join fires before any of the work beside them is done: that work is dead.
    const direct = edges.filter((edge) => this.#edges[edge]?.isDirect === true).length
    return direct < to.join.need || direct === count
  }

  /** F1 */
  #dropPassage(index: number, vertex: Vertex): boolean {
    const [before] = vertex.in
    const [after] = vertex.out
    if (index === this.#start || vertex.in.size !== 1 || vertex.out.size !== 1 || before === undefined || after === undefined) return false
    if (typeof vertex.join === 'object' && vertex.join.need > 1) return false
    const from = this.#edges[before]?.from ?? 0
    const to = this.#edges[after]?.to ?? 0
    if (from === index || to === index) return false
    this.#removeEdge(after)
    this.#moveEnd(before, to)
    const merged = this.#edges[before]
    if (merged !== undefined) merged.isDirect = false
    vertex.isGone = true
    this.#again(from)
    this.#again(to)
    return true
  }

  /** F2: the vertex takes in the one after it, or goes into it. */
  #mergeNeighbour(index: number, vertex: Vertex): void {
    if (index === this.#start) return
    for (const edge of vertex.out) {
      const to = this.#edges[edge]?.to ?? index
      const target = this.#vertices[to]
      if (target === undefined || to === index || target.isEnd) continue
      const isSoleWayOut = vertex.out.size === 1
      const isSoleWayIn = target.in.size === 1
      if (isChoice(vertex) && isChoice(target) && (isSoleWayOut || isSoleWayIn)) return this.#mergeChoices(index, to, edge)
      if (isFork(vertex) && isFork(target) && isSoleWayIn && !vertex.isBlockSplit && !target.isBlockSplit)
        return this.#absorb(index, to, edge)
      if (isJoin(vertex) && isJoin(target) && isSoleWayOut) return this.#absorb(to, index, edge)
    }
  }

  #mergeChoices(index: number, to: number, between: number): void {
    const vertex = this.#vertices[index]
    if (vertex === undefined) return
    // With one way in or out a join or fork counts as a choice; with what it takes in it has to be one.
    vertex.join = 'any'
    vertex.split = 'one'
    this.#absorb(index, to, between)
  }

  /** `gone`'s ways become `kept`'s; the edge between them goes. */
  #absorb(kept: number, gone: number, between: number): void {
    const vertex = this.#vertices[gone]
    if (vertex === undefined) return
    this.#removeEdge(between)
    // Moving takes the edge out of the set that is walked, which a Set allows.
    for (const edge of vertex.in) this.#moveEnd(edge, kept)
    for (const edge of vertex.out) this.#moveBegin(edge, kept)
    vertex.isGone = true
    this.#again(kept)
    for (const edge of this.#vertices[kept]?.in ?? []) this.#again(this.#edges[edge]?.from ?? 0)
    for (const edge of this.#vertices[kept]?.out ?? []) this.#again(this.#edges[edge]?.to ?? 0)
  }

  #addVertex(fields: Pick<Vertex, 'join' | 'split' | 'isEnd' | 'isBlockSplit'>): number {
    const index = this.#vertices.length
    this.#vertices.push({ ...fields, in: new Set(), out: new Set(), isGone: false })
    this.#work.push(index)
    return index
  }

  #addEdge(from: number, to: number): void {
    const edge = this.#edges.length
    this.#edges.push({ from, to, isDirect: true })
    this.#vertices[from]?.out.add(edge)
    this.#vertices[to]?.in.add(edge)
  }

  #removeEdge(edge: number): void {
    const ends = this.#edges[edge]
    if (ends === undefined) return
    this.#vertices[ends.from]?.out.delete(edge)
    this.#vertices[ends.to]?.in.delete(edge)
  }

  #moveEnd(edge: number, to: number): void {
    const ends = this.#edges[edge]
    if (ends === undefined) return
    this.#vertices[ends.to]?.in.delete(edge)
    ends.to = to
    this.#vertices[to]?.in.add(edge)
  }

  #moveBegin(edge: number, from: number): void {
    const ends = this.#edges[edge]
    if (ends === undefined) return
    this.#vertices[ends.from]?.out.delete(edge)
    ends.from = from
    this.#vertices[from]?.out.add(edge)
  }

  #again(vertex: number): void {
    this.#work.push(vertex)
  }
}

/** One token in at a time, one token out. */
function isChoice(vertex: Vertex): boolean {
  return (
    !vertex.isEnd &&
    (vertex.join === 'any' || (vertex.in.size <= 1 && vertex.join === 'all')) &&
    (vertex.split === 'one' || vertex.out.size <= 1)
  )
}

function isFork(vertex: Vertex): boolean {
  return vertex.split === 'all' && vertex.out.size > 1 && vertex.in.size === 1
}

function isJoin(vertex: Vertex): boolean {
  return vertex.join === 'all' && vertex.in.size > 1 && vertex.out.size === 1
}

function everyNodeOnAPath(net: Net): boolean {
  const ends = net.nodes.map((_, i) => i).filter((i) => net.outgoing[i]?.length === 0)
  const forward = reach([net.start], (node) => (net.outgoing[node] ?? []).map((edge) => net.edges[edge]?.to ?? 0))
  const backward = reach(ends, (node) => (net.incoming[node] ?? []).map((edge) => net.edges[edge]?.from ?? 0))
  return net.nodes.every((_, i) => forward.has(i) && backward.has(i))
}

function reach(from: readonly number[], next: (node: number) => readonly number[]): ReadonlySet<number> {
  const seen = new Set(from)
  for (const node of seen) for (const to of next(node)) seen.add(to)
  return seen
}
