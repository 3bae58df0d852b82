/**
 * Which way every edge of one sequence goes, before anything has a place. An edge is met at the item it comes from: at its node, or
 * where it leaves a row or a branch beside.
 *
 * `straight` to the node below · `down` from a row to the node below it · `right` past items below, or out of the sequence · `bottom` straight out of it ·
 * `left` up to a node above (a loop) · `back` up on the right, from a branch beside
 */
import type { Exit } from './plan.ts'
import type { Item } from './sequence.ts'
import type { Arc, Vertex } from './structure.ts'

export type Way = 'straight' | 'down' | 'right' | 'bottom' | 'left' | 'back'

export interface Flow {
  readonly arcs: readonly Arc[]
  readonly target: Vertex
  /** Item it leaves. */
  readonly from: number
  /** Item it enters; undefined when that is outside. */
  readonly to: number | undefined
  readonly way: Way
  readonly source: 'node' | 'row' | 'beside'
  /** Where it leaves its row or branch beside; undefined when it leaves the node itself. */
  readonly exit?: PlacedExit
}

/** An exit of an inner sequence: the how many-th of the row, or of those beside. */
export interface PlacedExit {
  readonly exit: Exit
  readonly column: number
}

export interface InnerExits {
  readonly row: readonly PlacedExit[]
  readonly beside: readonly PlacedExit[]
}

export function flowsOf(items: readonly Item[], exitsOf: (item: Item) => InnerExits): readonly Flow[] {
  const places = new Map(items.flatMap((item, i) => (item.kind === 'node' ? [[item.vertex, i] as const] : [])))
  return items.flatMap((item, from) => {
    const { row, beside } = exitsOf(item)
    const place = { places, from, isLast: from === items.length - 1 }
    const own = item.kind === 'node' ? nodeFlows(item.vertex, taken(item, items[from + 1]), place) : []
    return [...own, ...row.map((exit) => innerFlow(exit, 'row', place)), ...beside.map((exit) => innerFlow(exit, 'beside', place))]
  })
}

interface Place {
  readonly places: ReadonlyMap<Vertex, number>
  readonly from: number
  readonly isLast: boolean
}

/** Edges that lead into columns are drawn with the columns. */
function taken(item: Item, next: Item | undefined): ReadonlySet<Arc> {
  const beside = item.kind === 'node' ? item.beside : []
  const row = next?.kind === 'row' ? next.columns : []
  return new Set([...beside, ...row].map((column) => column.arc))
}

function nodeFlows(vertex: Vertex, drawn: ReadonlySet<Arc>, { places, from, isLast }: Place): readonly Flow[] {
  const byTarget = Map.groupBy(
    vertex.out.filter((arc) => !drawn.has(arc)),
    (arc) => arc.to,
  )
  let isBottomFree = isLast
  return [...byTarget].map(([target, arcs]) => {
    const to = places.get(target)
    const way = to === undefined && isBottomFree ? 'bottom' : nodeWay(from, to)
    if (way === 'bottom') isBottomFree = false
    return { arcs, target, from, to, way, source: 'node' }
  })
}

function nodeWay(from: number, to: number | undefined): Way {
  if (to === undefined) return 'right'
  if (to <= from) return 'left'
  return to === from + 1 ? 'straight' : 'right'
}

function rowWay({ from, isLast }: Place, to: number | undefined): Way {
  if (to === undefined) return isLast ? 'bottom' : 'right'
  if (to <= from) return 'left'
  return to === from + 1 ? 'down' : 'right'
}

function besideWay({ from }: Place, to: number | undefined): Way {
  return to !== undefined && to <= from ? 'back' : 'right'
}

function innerFlow(exit: PlacedExit, source: 'row' | 'beside', place: Place): Flow {
  const { target, arcs } = exit.exit
  const to = place.places.get(target)
  const way = source === 'row' ? rowWay(place, to) : besideWay(place, to)
  return { arcs, target, from: place.from, to, way, source, exit }
}

/** Lines to one node share a lane; up and down are apart, as they end at different sides of it. */
export function laneKey({ way, target }: Flow): string {
  return `${way === 'back' ? 'back' : 'way'}:${target.order}`
}
