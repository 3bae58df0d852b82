/**
 * The shape of a graph, found before anything is placed: depth-first order and dominators (Cooper, Harvey, Kennedy).
 *
 * Why dominators: for every edge u → v the immediate dominator of v is u or stands above u. So if each node is placed inside its
 * dominator's column, every edge only ever has to leave blocks, downwards or beside them, and never has to enter one from its side. This
 * holds for every graph, not only for block-structured ones.
 *
 * Invariants:
 * I1. `vertices[0]` is a root that is not drawn; its edges lead to the beginning, and to whatever cannot be reached from there (a draft).
 * I2. `order` is a reverse postorder: without loops, every edge leads to a greater one.
 * I3. A vertex that exactly one edge enters, from its dominator, is one of that one's `branches`; the others are its `merges`, in order.
 *     Edges out of the vertex's own block do not count: they are loops.
 */
import type { Graph } from '../graph.ts'

export interface Vertex {
  /** Place in `graph.nodes`; -1 for the root. */
  readonly index: number
  readonly out: Arc[]
  readonly in: Arc[]
  order: number
  /** Undefined for the root only. */
  dominator: Vertex | undefined
  /** The one edge that enters its block from outside (I3); undefined for merges. */
  entry: Arc | undefined
  /** In the order of the edges. */
  branches: readonly Vertex[]
  /** In `order`. */
  readonly merges: Vertex[]
  /** Vertices it dominates, itself included. */
  weight: number
  /** Numbers of the dominator tree: u dominates v when `u.enter <= v.enter && v.enter < u.leave`. */
  enter: number
  leave: number
}

export interface Arc {
  /** Place in `graph.edges`; -1 for those out of the root. */
  readonly index: number
  readonly from: Vertex
  readonly to: Vertex
}

export interface Structure {
  readonly root: Vertex
  /** By `enter`, so that the block of a vertex is the stretch from its `enter` to its `leave`. */
  readonly vertices: readonly Vertex[]
}

/** Linear, but for graphs that nobody draws. Edges that name no node are left out. */
export function structureOf(graph: Graph): Structure {
  const { root, vertices } = connect(graph)
  const ordered = number(root, vertices)
  findDominators(ordered)
  growTree(ordered)
  return { root, vertices: ordered.toSorted((a, b) => a.enter - b.enter) }
}

export function dominates(above: Vertex, below: Vertex): boolean {
  return above.enter <= below.enter && below.enter < above.leave
}

function connect(graph: Graph): { readonly root: Vertex; readonly vertices: readonly Vertex[] } {
  const vertices = [vertex(-1), ...graph.nodes.map((_, index) => vertex(index))]
  const [root] = vertices
  if (root === undefined) throw new Error('A graph has a root.')
  const byId = new Map(graph.nodes.map((node, index) => [node.id, vertices[index + 1]]))
  graph.edges.forEach((edge, index) => {
    const from = byId.get(edge.from)
    const to = byId.get(edge.to)
    if (from !== undefined && to !== undefined) join(from, to, index)
  })
  const reached = new Set<Vertex>()
  const begin = (from: Vertex) => {
    join(root, from, -1)
    reach(from, reached)
  }
  if (vertices[1] !== undefined) begin(vertices[1])
  // What nothing leads to first, so that a loose chain hangs on its head.
  for (const loose of vertices.slice(2)) if (!reached.has(loose) && loose.in.length === 0) begin(loose)
  for (const loose of vertices.slice(2)) if (!reached.has(loose)) begin(loose)
  return { root, vertices }
}

function vertex(index: number): Vertex {
  return {
    index,
    out: [],
    in: [],
    order: -1,
    dominator: undefined,
    entry: undefined,
    branches: [],
    merges: [],
    weight: 1,
    enter: 0,
    leave: 0,
  }
}

function join(from: Vertex, to: Vertex, index: number): void {
  const arc = { index, from, to }
  from.out.push(arc)
  to.in.push(arc)
}

function reach(from: Vertex, reached: Set<Vertex>): void {
  const open = [from]
  reached.add(from)
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const { to } of at.out) {
      if (reached.has(to)) continue
      reached.add(to)
      open.push(to)
    }
  }
}

/** Reverse postorder in which the first edge of a vertex comes first. With a stack of its own: a model may be thousands of nodes deep. */
function number(root: Vertex, vertices: readonly Vertex[]): readonly Vertex[] {
  const finished: Vertex[] = []
  const seen = new Set([root])
  const path = [{ at: root, next: root.out.length - 1 }]
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    const arc = top.at.out[top.next--]
    if (arc === undefined) {
      finished.push(top.at)
      path.pop()
    } else if (!seen.has(arc.to)) {
      seen.add(arc.to)
      path.push({ at: arc.to, next: arc.to.out.length - 1 })
    }
  }
  const ordered = finished.reverse()
  if (ordered.length !== vertices.length) throw new Error('Every node must be reachable from the root.')
  ordered.forEach((at, order) => {
    at.order = order
  })
  return ordered
}

function findDominators(ordered: readonly Vertex[]): void {
  for (let hasChanged = true; hasChanged; ) {
    hasChanged = false
    for (const at of ordered.slice(1)) {
      let nearest: Vertex | undefined
      for (const { from } of at.in) {
        if (from.dominator === undefined && from.index !== -1) continue
        nearest = nearest === undefined ? from : commonAbove(nearest, from)
      }
      if (nearest === at.dominator) continue
      at.dominator = nearest
      hasChanged = true
    }
  }
}

function commonAbove(a: Vertex, b: Vertex): Vertex {
  let one = a
  let other = b
  while (one !== other) {
    if (one.order > other.order) one = one.dominator ?? other
    else other = other.dominator ?? one
  }
  return one
}

/** Weights, numbers and children of the dominator tree. */
function growTree(ordered: readonly Vertex[]): void {
  for (const at of ordered.toReversed()) if (at.dominator !== undefined) at.dominator.weight += at.weight
  // Top down in order: each takes the next free stretch of its dominator's numbers.
  const free = new Map<Vertex, number>()
  for (const at of ordered) {
    const above = at.dominator
    at.enter = above === undefined ? 0 : (free.get(above) ?? above.enter + 1)
    at.leave = at.enter + at.weight
    if (above !== undefined) free.set(above, at.leave)
  }
  for (const at of ordered) {
    const entries = at.in.filter(({ from }) => !dominates(at, from))
    if (entries.length === 1) at.entry = entries[0]
    else at.dominator?.merges.push(at)
  }
  for (const at of ordered) at.branches = at.out.filter((arc) => arc.to.entry === arc).map(({ to }) => to)
}

/** Blocks that end only in loops: to the node they leave, or further up. */
export function blocksThatLeadBack({ vertices }: Structure): ReadonlySet<Vertex> {
  const depth = new Map<Vertex, number>()
  for (const at of vertices) depth.set(at, (at.dominator === undefined ? -1 : (depth.get(at.dominator) ?? 0)) + 1)
  const depthOf = (at: Vertex | undefined) => (at === undefined ? 0 : (depth.get(at) ?? 0))
  /** By block: how far up its loops lead, how far up what it leads on to hangs, as depths. An end leads on for good. */
  const up = new Map<Vertex, { readonly loop: number; readonly on: number }>()
  const leadsBack = new Set<Vertex>()
  for (const at of vertices.toReversed()) {
    let { loop, on } = up.get(at) ?? { loop: Number.POSITIVE_INFINITY, on: Number.POSITIVE_INFINITY }
    if (at.out.length === 0) on = -1
    for (const arc of at.out) {
      if (dominates(arc.to, at)) loop = Math.min(loop, depthOf(arc.to))
      else if (arc.to.entry !== arc) on = Math.min(on, depthOf(arc.to.dominator))
    }
    // Inside the block: a loop to its head or below, or a merge that hangs on a node of it.
    if (loop < depthOf(at) && on >= depthOf(at)) leadsBack.add(at)
    const above = at.dominator
    const known = above === undefined ? undefined : up.get(above)
    if (above !== undefined) up.set(above, { loop: Math.min(loop, known?.loop ?? loop), on: Math.min(on, known?.on ?? on) })
  }
  return leadsBack
}
