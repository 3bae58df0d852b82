/** An item of a sequence while it gets its place: filled in by `spread`, `stack` and `stand-beside`, in this order. */
import type { Flow, InnerExits } from './flow.ts'
import type { Exit, Plan } from './plan.ts'
import type { Column, Item } from './sequence.ts'
import type { Size } from './size.ts'
import type { Vertex } from './structure.ts'

export interface Inner {
  readonly column: Column
  readonly plan: Plan
  x: number
  y: number
}

export interface Slot {
  readonly item: Item
  readonly inner: readonly Inner[]
  readonly beside: readonly Inner[]
  /** Of its node; of a row, which has none, 0. */
  readonly size: Size
  top: number
  bottom: number
  /** Where the branches beside it and the lines under them end. */
  underBeside: number
  /** To both sides of the axis, words beside it included. */
  left: number
  right: number
}

export interface SlotOptions {
  readonly sizeOf: (vertex: Vertex) => Size
  readonly planOf: (column: Column) => Plan
}

const NO_SIZE: Size = { width: 0, height: 0 }

export function slotOf(item: Item, { sizeOf, planOf }: SlotOptions): Slot {
  const place = (column: Column): Inner => ({ column, plan: planOf(column), x: 0, y: 0 })
  const size = item.kind === 'row' ? NO_SIZE : sizeOf(item.vertex)
  const half = size.width / 2
  const [inner, beside] = item.kind === 'row' ? [item.columns.map(place), []] : [[], item.beside.map(place)]
  return { item, inner, beside, size, top: 0, bottom: 0, underBeside: 0, left: half, right: half }
}

/** Ways out of what stands inside an item and beside it. */
export function exitsOf(slot: Slot): InnerExits {
  const placed = (inner: readonly Inner[]) => inner.flatMap(({ plan }, column) => plan.exits.map((exit: Exit) => ({ exit, column })))
  return { row: placed(slot.inner), beside: placed(slot.beside) }
}

/** Where a flow comes out of its item. */
export function exitX(slots: readonly Slot[], { from, exit }: Flow): number {
  const slot = slots[from]
  if (exit === undefined || slot === undefined) return 0
  const inner = (slot.item.kind === 'row' ? slot.inner : slot.beside)[exit.column]
  return (inner?.x ?? 0) + exit.exit.x
}

/** A height on a node's side: 0 its top, 1 its bottom. */
export function portOf({ top, bottom }: Slot, share: number): number {
  return Math.round(top + (bottom - top) * share)
}

export function greatest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0)
}
