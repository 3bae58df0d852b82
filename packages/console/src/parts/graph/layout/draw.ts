/** Draws the edges of a sequence, with all its places known; answers those that leave it. Keeps P4 of `place.ts`. */
import type { Flow } from './flow.ts'
import type { Corner, Exit } from './plan.ts'
import type { Sides } from './sides.ts'
import { exitX, portOf, type Slot } from './slot.ts'
import type { Heights } from './stack.ts'
import type { Arc } from './structure.ts'

export interface Drawing {
  readonly slots: readonly Slot[]
  readonly heights: Heights
  readonly sides: Sides
  readonly trace: (arcs: readonly Arc[], ...corners: readonly Corner[]) => void
}

export function drawEdges(flows: readonly Flow[], drawing: Drawing): readonly Exit[] {
  drawColumns(drawing)
  return flows.flatMap((flow) => drawFlow(flow, drawing))
}

/** From a node into its columns: those of the row below, and those beside. */
function drawColumns({ slots, heights, trace }: Drawing): void {
  slots.forEach((slot, i) => {
    const above = slots[i - 1]
    const split = heights.splitsAt(i)
    for (const inner of slot.inner) {
      trace([inner.column.arc], at(0, above?.bottom ?? 0), at(0, split), at(inner.x, split), at(inner.x, slot.top))
    }
    for (const inner of slot.beside) {
      const y = portOf(slot, 0.5)
      trace([inner.column.arc], at(slot.size.width / 2, y), at(inner.x, y), at(inner.x, inner.y))
    }
  })
}

/** Draws a flow as far as this sequence goes; answers the exit it takes out of it. */
function drawFlow(flow: Flow, drawing: Drawing): readonly Exit[] {
  const { slots, heights, sides, trace } = drawing
  const { arcs, target, from, to, way } = flow
  const slot = slots[from]
  if (slot === undefined) return []
  const goal = to === undefined ? undefined : slots[to]
  const x = exitX(slots, flow)
  const lane = sides.laneOf(flow)
  switch (way) {
    case 'straight':
      trace(arcs, at(0, slot.bottom), at(0, goal?.top ?? 0))
      return []
    case 'bottom':
      trace(arcs, at(x, slot.bottom), at(x, heights.height))
      return [{ target, x, arcs }]
    case 'down': {
      const y = heights.comesInAt(from + 1)
      trace(arcs, at(x, slot.bottom), at(x, y), at(0, y), at(0, goal?.top ?? 0))
      return []
    }
    case 'right':
      leave(flow, lane, drawing)
      return arriveBelow(flow, lane, drawing)
    case 'left':
    case 'back': {
      const side = way === 'left' ? -1 : 1
      leave(flow, side * lane, drawing)
      if (goal === undefined) return []
      const y = portOf(goal, 0.3)
      trace(arcs, at(side * lane, y), at((side * goal.size.width) / 2, y))
      return []
    }
  }
}

/** From where it comes out to its lane. */
function leave(flow: Flow, lane: number, { slots, heights, trace }: Drawing): void {
  const slot = slots[flow.from]
  if (slot === undefined) return
  const y = heights.leavesAt(flow)
  const x = exitX(slots, flow)
  if (flow.exit === undefined) trace(flow.arcs, at((Math.sign(lane) * slot.size.width) / 2, y), at(lane, y))
  else trace(flow.arcs, at(x, flow.source === 'row' ? slot.bottom : y), at(x, y), at(lane, y))
}

function arriveBelow({ arcs, target, to }: Flow, lane: number, { slots, heights, trace }: Drawing): readonly Exit[] {
  const goal = to === undefined ? undefined : slots[to]
  if (goal === undefined || to === undefined) {
    trace(arcs, at(lane, heights.height))
    return [{ target, x: lane, arcs }]
  }
  const y = heights.comesInAt(to)
  trace(arcs, at(lane, y), at(0, y), at(0, goal.top))
  return []
}

function at(x: number, y: number): Corner {
  return { x, y }
}
