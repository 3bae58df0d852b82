/** Edges as SVG path data, and where their words stand. Pure: the same on every browser. */
import type { Graph } from './graph.ts'
import type { Layout } from './layout/layout.ts'
import type { Corner } from './layout/plan.ts'

/** Pixels by which corners are rounded. */
const ROUND = 5
/** Length and half width of an arrow head. */
const HEAD = { length: 7, half: 3.5 }
/** Characters of words on an edge; more are cut, the rest is in the title. */
const LONGEST_LABEL = 14

/** `M…L…` through all corners, rounded; it ends where the arrow head begins. */
export function linePath(corners: readonly Corner[]): string {
  const parts: string[] = []
  corners.forEach((corner, i) => {
    const before = corners[i - 1]
    const after = corners[i + 1]
    if (before === undefined) parts.push(`M${corner.x} ${corner.y}`)
    else if (after === undefined) {
      const end = toward(corner, before, HEAD.length - 1)
      parts.push(`L${end.x} ${end.y}`)
    } else {
      const from = toward(corner, before, Math.min(ROUND, distance(corner, before) / 2))
      const to = toward(corner, after, Math.min(ROUND, distance(corner, after) / 2))
      parts.push(`L${from.x} ${from.y}Q${corner.x} ${corner.y} ${to.x} ${to.y}`)
    }
  })
  return parts.join('')
}

/** A triangle at the last corner. */
export function headPath(corners: readonly Corner[]): string {
  const tip = corners.at(-1)
  const before = corners.at(-2)
  if (tip === undefined || before === undefined) return ''
  const base = toward(tip, before, HEAD.length)
  const isUpright = tip.x === before.x
  const [dx, dy] = isUpright ? [HEAD.half, 0] : [0, HEAD.half]
  return `M${tip.x} ${tip.y}L${base.x + dx} ${base.y + dy}L${base.x - dx} ${base.y - dy}z`
}

function toward(from: Corner, to: Corner, by: number): Corner {
  return { x: from.x + Math.sign(to.x - from.x) * by, y: from.y + Math.sign(to.y - from.y) * by }
}

function distance(a: Corner, b: Corner): number {
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y)
}

export interface EdgeLabel extends Corner {
  /** Ids of the edges it belongs to: two routes to one node share a line. */
  readonly edges: readonly string[]
  readonly text: string
  readonly full: string
  readonly anchor: 'start' | 'end'
}

/** The words of all edges, each beside its own line. */
export function labelsOf(graph: Graph, layout: Layout): readonly EdgeLabel[] {
  const lines = Map.groupBy(
    graph.edges.filter((edge) => edge.label !== undefined && edge.label !== ''),
    (edge) => JSON.stringify([edge.from, edge.to]),
  )
  return [...lines.values()].flatMap((edges) => {
    const [first] = edges
    const corners = first === undefined ? undefined : layout.edgePoints.get(first.id)
    const box = first === undefined ? undefined : layout.nodes.get(first.from)
    if (corners === undefined || box === undefined) return []
    const full = edges.map((edge) => edge.label).join(' / ')
    const text = full.length > LONGEST_LABEL ? `${full.slice(0, LONGEST_LABEL - 1).trimEnd()}…` : full
    return [{ ...placeOf(corners, box.y + box.height / 2), edges: edges.map((edge) => edge.id), text, full }]
  })
}

/** Beside a part of the line that is its own: above the branch it leads into, under the line that leaves sideways, or below the split. */
function placeOf(corners: readonly Corner[], middle: number): Corner & { readonly anchor: 'start' | 'end' } {
  const [first, second, third] = corners
  if (first === undefined || second === undefined) return { x: 0, y: 0, anchor: 'start' }
  if (first.y === second.y) {
    if (corners.length === 3 && third !== undefined && third.y > second.y) return { x: third.x + 6, y: third.y - 12, anchor: 'start' }
    const isLeft = second.x < first.x
    const y = first.y >= middle ? first.y + 12 : first.y - 5
    return { x: first.x + (isLeft ? -6 : 6), y, anchor: isLeft ? 'end' : 'start' }
  }
  if (third !== undefined && second.y - first.y < 24) return { x: third.x + 6, y: third.y + 15, anchor: 'start' }
  return { x: first.x + 6, y: first.y + Math.min(27, (second.y - first.y) / 2 + 4), anchor: 'start' }
}
