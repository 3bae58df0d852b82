import type { Graph, GraphNode } from './graph.ts'

/** A graph from `a>b b>c`: nodes in the order in which they are named, edges numbered from 0, the words of an edge in brackets (`a>b[yes]`). */
export function graphOf(text: string, types: Readonly<Record<string, GraphNode['type']>> = {}): Graph {
  const edges = text.split(' ').map((word, index) => {
    const [, from = '', to = '', label] = /^(\S+?)>([^\s[]+)(?:\[(.*)\])?$/.exec(word) ?? []
    return { id: String(index), from, to, ...(label === undefined ? {} : { label }) }
  })
  const ids = [...new Set(edges.flatMap(({ from, to }) => [from, to]))]
  return { nodes: ids.map((id) => ({ id, title: titleOf(id), type: types[id] ?? typeOf(id) })), edges }
}

function titleOf(id: string): string {
  return id.charAt(0).toUpperCase() + id.slice(1)
}

function typeOf(id: string): GraphNode['type'] {
  return id === 'start' || id === 'end' ? id : 'process'
}
