/**
 * Gives every item of a sequence its place, from the inside out, and draws every edge through free ground.
 *
 * Owns: the order in which things become known. Not: what stands where (`sequence.ts`), which way an edge goes (`flow.ts`), widths (`spread.ts`), heights
 * (`stack.ts`), what runs beside (`sides.ts`), corners (`draw.ts`).
 *
 * Invariants, which together keep every line off every node:
 * P1. Between two items lies a channel without nodes; horizontal lines run only there, or from a node's side outwards at its own height.
 * P2. Vertical lines run on the axis between two items, straight down from an exit inside its own column, or in a lane beyond everything
 *     that stands at their height.
 * P3. Branches beside stand to the right, and no two at one height but those of one node; a node or channel with lines to its right begins below
 *     all that stand beside the nodes above it.
 * P4. Lines that share a piece have the same source or the same target.
 */
import { drawEdges } from './draw.ts'
import { type Flow, flowsOf } from './flow.ts'
import { LANE } from './lanes.ts'
import type { Plan, Traces } from './plan.ts'
import type { Column, Sequence } from './sequence.ts'
import { standBeside } from './sides.ts'
import type { Size } from './size.ts'
import { exitsOf, greatest, type Slot, slotOf } from './slot.ts'
import { spread } from './spread.ts'
import { stack } from './stack.ts'
import type { Arc, Vertex } from './structure.ts'

export interface Canvas {
  readonly traces: Traces
  /** Token of a plan's coordinates, for `Traces`. */
  readonly owners: Map<Plan, object>
  readonly sizeOf: (vertex: Vertex) => Size
  /** Pixels that the words on an edge take. */
  readonly labelWidth: (arc: Arc) => number
  readonly isEnd: (vertex: Vertex) => boolean
}

export function placeSequence({ items }: Sequence, canvas: Canvas): Plan {
  const { labelWidth, sizeOf } = canvas
  const owner = {}
  const slots = items.map((item) => slotOf(item, { sizeOf, planOf: (column) => planOf(column, canvas) }))
  const byItem = new Map(slots.map((slot) => [slot.item, exitsOf(slot)]))
  const flows = flowsOf(items, (item) => byItem.get(item) ?? { row: [], beside: [] })
  spread(slots, flows, labelWidth)
  const heights = stack(slots, flows)
  const sides = standBeside(slots, flows, { heights, labelWidth })
  const exits = drawEdges(flows, { slots, heights, sides, trace: (arcs, ...corners) => canvas.traces.add(arcs, owner, ...corners) })
  const plan: Plan = {
    left: greatest([...slots.map((slot) => slot.left), sides.left]),
    right: greatest([...slots.map((slot) => slot.right), sides.right]),
    height: heights.height,
    boxes: slots.flatMap(({ item, top, size }) => (item.kind === 'node' ? [{ vertex: item.vertex, top, ...size }] : [])),
    exits,
    inner: slots.flatMap((slot) => [...slot.inner, ...slot.beside]),
    bypasses: bypasses(slots, flows, canvas),
  }
  canvas.owners.set(plan, owner)
  return plan
}

/** A column that holds nothing is a line, with room for its words. */
function planOf({ arc, sequence }: Column, canvas: Canvas): Plan {
  if (sequence.items.length > 0) return placeSequence(sequence, canvas)
  const exits = [{ target: arc.to, x: 0, arcs: [arc] }]
  return { left: LANE, right: LANE, height: 0, boxes: [], exits, inner: [], bypasses: 0 }
}

function bypasses(slots: readonly Slot[], flows: readonly Flow[], { isEnd }: Canvas): number {
  const inner = slots.flatMap((slot) => [...slot.inner, ...slot.beside]).reduce((sum, { plan }) => sum + plan.bypasses, 0)
  return inner + flows.filter((flow) => flow.way === 'right' && !isEnd(flow.target) && !closesBlock(flow, slots)).length
}

/** It leads from a small branch to where the branches of its split meet. */
function closesBlock({ from, target }: Flow, slots: readonly Slot[]): boolean {
  const item = slots[from]?.item
  return item?.kind === 'node' && target.dominator === item.vertex
}
