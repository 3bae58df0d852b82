/** Widths: columns of a row side by side, and room for words beside a node. */
import type { Flow } from './flow.ts'
import type { Plan } from './plan.ts'
import type { Slot } from './slot.ts'
import type { Arc } from './structure.ts'

/** Between two columns of a row. */
export const COLUMN_GAP = 28

type LabelWidth = (arc: Arc) => number

export function spread(slots: readonly Slot[], flows: readonly Flow[], labelWidth: LabelWidth): void {
  makeRoomForWords(slots, flows, labelWidth)
  for (const slot of slots) if (slot.item.kind === 'row') spreadColumns(slot, labelWidth)
}

/** Words of a line that leaves a node sideways stand between the node and the lane. */
function makeRoomForWords(slots: readonly Slot[], flows: readonly Flow[], labelWidth: LabelWidth): void {
  for (const { source, way, arcs, from } of flows) {
    const slot = slots[from]
    if (slot === undefined || source !== 'node' || (way !== 'left' && way !== 'right')) continue
    const words = Math.max(0, ...arcs.map(labelWidth))
    slot[way] = Math.max(slot[way], slot.size.width / 2 + words)
  }
}

/** The axis is in the middle between the first column's and the last one's. */
function spreadColumns(slot: Slot, labelWidth: LabelWidth): void {
  let x = 0
  let before: Plan | undefined
  for (const inner of slot.inner) {
    const label = labelWidth(inner.column.arc)
    if (before !== undefined) x += Math.max(before.right, 0) + COLUMN_GAP + inner.plan.left
    inner.x = x
    // Words stand at the right of the line into the column.
    before = { ...inner.plan, right: Math.max(inner.plan.right, label) }
  }
  const middle = x / 2
  for (const inner of slot.inner) inner.x = Math.round(inner.x - middle)
  slot.left = Math.max(0, ...slot.inner.map((inner) => inner.plan.left - inner.x))
  slot.right = Math.max(0, ...slot.inner.map((inner) => inner.x + Math.max(inner.plan.right, labelWidth(inner.column.arc))))
}
