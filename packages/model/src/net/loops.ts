import type { Net } from './net.ts'

/** Which nodes lie on a cycle: strongly connected components (Tarjan, iterative: a model may be thousands of nodes deep). */
export function loopNodes(graph: Pick<Net, 'nodes' | 'edges' | 'outgoing'>): readonly boolean[] {
  const count = graph.nodes.length
  const order = new Int32Array(count).fill(-1)
  const low = new Int32Array(count)
  const isOnStack = new Uint8Array(count)
  const inLoop = new Array<boolean>(count).fill(false)
  const stack: number[] = []
  let clock = 0

  for (let root = 0; root < count; root++) {
    if (order[root] !== -1) continue
    const path: { readonly node: number; next: number }[] = [enter(root)]
    while (path.length > 0) {
      const top = path[path.length - 1]
      if (top === undefined) break
      const edge = graph.outgoing[top.node]?.[top.next]
      if (edge === undefined) {
        path.pop()
        leave(top.node)
        const parent = path[path.length - 1]
        if (parent !== undefined) lower(parent.node, low[top.node] ?? 0)
        continue
      }
      top.next++
      const to = graph.edges[edge]?.to ?? 0
      if (to === top.node) inLoop[to] = true
      if (order[to] === -1) path.push(enter(to))
      else if (isOnStack[to] === 1) lower(top.node, order[to] ?? 0)
    }
  }
  return inLoop

  function enter(node: number): { readonly node: number; next: number } {
    order[node] = low[node] = clock++
    stack.push(node)
    isOnStack[node] = 1
    return { node, next: 0 }
  }

  function lower(node: number, value: number): void {
    if (value < (low[node] ?? 0)) low[node] = value
  }

  /** A node that is the root of its component closes it. */
  function leave(node: number): void {
    if (low[node] !== order[node]) return
    const component: number[] = []
    for (;;) {
      const member = stack.pop()
      if (member === undefined) break
      isOnStack[member] = 0
      component.push(member)
      if (member === node) break
    }
    if (component.length > 1) for (const member of component) inLoop[member] = true
  }
}
