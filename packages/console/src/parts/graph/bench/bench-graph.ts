import type { Graph, GraphEdge, GraphNode } from '../graph.ts'

/** A block-structured model of about so many nodes: rounds of a review with a way back, a choice of three and a fork of three, one after the other. */
export function benchGraph(count: number): Graph {
  const nodes: GraphNode[] = [{ id: 'start', title: 'Start', type: 'start' }]
  const edges: GraphEdge[] = []
  const add = (id: string, type: GraphNode['type'], detail?: string) => {
    nodes.push({ id, title: `${type} ${id}`, type, ...(detail === undefined ? {} : { detail }) })
    return id
  }
  const join = (from: string, to: string, label?: string) => {
    edges.push({ id: String(edges.length), from, to, ...(label === undefined ? {} : { label }) })
  }
  let last = 'start'
  for (let round = 0; nodes.length < count - 1; round++) {
    const review = add(`review${round}`, 'participant', 'group:editors')
    const rework = add(`rework${round}`, 'participant', 'initiator')
    join(last, review)
    last = review
    for (const [split, met, label] of [
      ['or-split', 'or-join', 'amount > 100'],
      ['and-split', 'and-join', undefined],
    ] as const) {
      const head = add(`${split}${round}`, split)
      const tail = add(`${met}${round}`, met)
      join(last, head, last === review ? 'approve' : undefined)
      for (let branch = 0; branch < 3; branch++) {
        const first = add(`${split}${round}-${branch}a`, 'process', 'http.request')
        const second = add(`${split}${round}-${branch}b`, 'process', 'data.set')
        join(head, first, label)
        join(first, second)
        join(second, tail)
      }
      last = tail
    }
    join(review, rework, 'reject')
    join(rework, review)
  }
  add('end', 'end')
  join(last, 'end')
  return { nodes, edges }
}
