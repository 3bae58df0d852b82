/**
 * What stands and runs beside the axis, with all heights known: branches beside a node, and a lane for every line that runs past others.
 *
 * Keeps P2 and the first half of P3 of `place.ts`.
 */
import { type Flow, laneKey } from './flow.ts'
import { assignLanes, CLEARANCE, Skyline, type Stretch } from './lanes.ts'
import type { Slot } from './slot.ts'
import { COLUMN_GAP } from './spread.ts'
import type { Heights } from './stack.ts'
import type { Arc } from './structure.ts'

export interface Sides {
  /** Distance of a flow's lane from the axis, on its side; 0 where it needs none. */
  laneOf(flow: Flow): number
  /** How far out lanes and branches reach. */
  readonly left: number
  readonly right: number
}

export function standBeside(
  slots: readonly Slot[],
  flows: readonly Flow[],
  { heights, labelWidth }: { readonly heights: Heights; readonly labelWidth: (arc: Arc) => number },
): Sides {
  const rightSide = axis(slots, 'right', heights.height)
  const outermost = placeBranches(slots, rightSide, labelWidth)
  const right = assignLanes(stretches(flows, ['right', 'back'], heights), rightSide)
  const left = assignLanes(stretches(flows, ['left'], heights), axis(slots, 'left', heights.height))
  return {
    laneOf: (flow) => (flow.way === 'left' ? left : right).get(laneKey(flow)) ?? 0,
    left: Math.max(0, ...left.values()),
    right: Math.max(outermost, ...right.values()),
  }
}

/** What stands on the axis. A row takes its channels with it: in them lines run to the axis from as far out as its columns are. */
function axis(slots: readonly Slot[], side: 'left' | 'right', height: number): Skyline {
  const skyline = new Skyline(height)
  slots.forEach((slot, i) => {
    const isRow = slot.item.kind === 'row'
    const top = isRow ? (slots[i - 1]?.bottom ?? 0) : slot.top
    const bottom = isRow ? (slots[i + 1]?.top ?? height) : slot.bottom
    skyline.cover({ top, bottom, reach: slot[side] })
  })
  return skyline
}

/** Branches beside, next to whatever stands at their height; answers how far out they reach. */
function placeBranches(slots: readonly Slot[], side: Skyline, labelWidth: (arc: Arc) => number): number {
  let outermost = 0
  for (const slot of slots) {
    for (const inner of slot.beside) {
      const stretch = { top: slot.top, bottom: slot.underBeside }
      const words = slot.right + labelWidth(inner.column.arc) + CLEARANCE
      const free = side.reach(stretch) + COLUMN_GAP + inner.plan.left
      inner.x = Math.round(Math.max(free, words))
      const reach = inner.x + inner.plan.right
      side.cover({ ...stretch, reach })
      outermost = Math.max(outermost, reach)
    }
  }
  return outermost
}

/** Lines beside, one for each node they lead to. */
function stretches(flows: readonly Flow[], ways: readonly Flow['way'][], heights: Heights): readonly Stretch<string>[] {
  const found = new Map<string, Stretch<string>>()
  for (const flow of flows) {
    if (!ways.includes(flow.way)) continue
    const key = laneKey(flow)
    const [one, other] = [heights.leavesAt(flow), heights.arrivesAt(flow)]
    const known = found.get(key)
    found.set(key, { key, top: Math.min(one, other, known?.top ?? one), bottom: Math.max(one, other, known?.bottom ?? one) })
  }
  return [...found.values()]
}
