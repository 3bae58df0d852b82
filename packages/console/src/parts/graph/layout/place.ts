/**
 * Gives every item of a sequence its place, from the inside out, and draws every edge through free ground.
 *
 * Owns: heights of channels, room beside the axis, corners of edges. Not: what stands where (`sequence.ts`), which way an edge goes
 * (`flow.ts`).
 *
 * Invariants, which together keep every line off every node:
 * P1. Between two items lies a channel without nodes; horizontal lines run only there, or from a node's side outwards at its own height.
 * P2. Vertical lines run on the axis between two items, straight down from an exit inside its own column, or in a lane beyond everything
 *     that stands at their height.
 * P3. Branches beside stand to the right, and no two at one height but those of one node; a node or channel with lines to its right begins below
 *     all that stand beside the nodes above it.
 * P4. Lines that share a piece have the same source or the same target.
 */
import { type Flow, flowsOf, type InnerExits } from './flow.ts'
import { assignLanes, CLEARANCE, LANE, Skyline, type Stretch } from './lanes.ts'
import type { Box, Corner, Exit, Plan, Traces } from './plan.ts'
import type { Column, Item, Sequence } from './sequence.ts'
import type { Size } from './size.ts'
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

/** Pixels between two nodes on an axis with nothing between. */
const GAP = 32
/** Between two columns of a row. */
const COLUMN_GAP = 28
/** Between a line and the node above or below it. */
const MARGIN = 12
const TRACK = 10
/** Room for words above a column. */
const LABEL_HEIGHT = 18
/** From a node's bottom to the branch beside it. */
const BESIDE_GAP = 24

export function placeSequence(sequence: Sequence, canvas: Canvas): Plan {
  return new Placement(sequence, canvas).plan()
}

interface Inner {
  readonly column: Column
  readonly plan: Plan
  x: number
  y: number
}

interface Slot {
  readonly item: Item
  readonly inner: readonly Inner[]
  readonly beside: readonly Inner[]
  top: number
  bottom: number
  /** Where the branches beside it and the lines under them end. */
  underBeside: number
  /** To both sides of the axis, words beside it included. */
  left: number
  right: number
}

class Placement {
  readonly #canvas: Canvas
  readonly #slots: readonly Slot[]
  readonly #flows: readonly Flow[]
  /** By item, so that long sequences cost what they are long. */
  readonly #flowsFrom: readonly (readonly Flow[])[]
  readonly #flowsTo: readonly (readonly Flow[])[]
  readonly #owner = {}
  /** Heights of the horizontal lines of the channel above an item: by the flow's way and target, `in` and `split`. */
  readonly #tracks: Map<string | Vertex, number>[] = []
  /** Height of the line under a branch beside, by flow. */
  readonly #under = new Map<Flow, number>()
  #height = 0

  constructor(sequence: Sequence, canvas: Canvas) {
    this.#canvas = canvas
    this.#slots = sequence.items.map((item) => slotOf(item, canvas))
    const byItem = new Map(this.#slots.map((slot) => [slot.item, exitsOf(slot)]))
    this.#flows = flowsOf(sequence.items, (item) => byItem.get(item) ?? { row: [], beside: [] })
    this.#flowsFrom = byPlace(this.#flows, this.#slots.length, (flow) => flow.from)
    this.#flowsTo = byPlace(this.#flows, this.#slots.length, (flow) => flow.to)
  }

  plan(): Plan {
    this.#makeRoomForWords()
    this.#spreadColumns()
    this.#stack()
    const loops = this.#stretches(['left'])
    const passing = this.#stretches(['right', 'back'])
    const rightSide = this.#axis('right')
    const outermost = this.#standBeside(rightSide)
    const right = assignLanes(passing, rightSide)
    const left = assignLanes(loops, this.#axis('left'))
    this.#drawColumns()
    const exits = this.#flows.flatMap((flow) => this.#draw(flow, (flow.way === 'left' ? left : right).get(laneKey(flow)) ?? 0))
    const plan: Plan = {
      left: greatest([...this.#slots.map((slot) => slot.left), ...left.values()]),
      right: greatest([outermost, ...this.#slots.map((slot) => slot.right), ...right.values()]),
      height: this.#height,
      boxes: this.#slots.flatMap((slot) => this.#box(slot)),
      exits,
      inner: this.#slots.flatMap((slot) => [...slot.inner, ...slot.beside]),
      bypasses: this.#bypasses(),
    }
    this.#canvas.owners.set(plan, this.#owner)
    return plan
  }

  /** Words of a line that leaves a node sideways stand between the node and the lane. */
  #makeRoomForWords(): void {
    for (const { source, way, arcs, from } of this.#flows) {
      const slot = this.#slots[from]
      if (slot === undefined || source !== 'node' || (way !== 'left' && way !== 'right')) continue
      const words = Math.max(0, ...arcs.map((arc) => this.#canvas.labelWidth(arc)))
      slot[way] = Math.max(slot[way], this.#halfWidth(slot) + words)
    }
  }

  /** Columns of a row side by side, the axis in the middle between the first one's and the last one's. */
  #spreadColumns(): void {
    for (const slot of this.#slots) {
      if (slot.item.kind === 'node') continue
      let x = 0
      let before: Plan | undefined
      for (const inner of slot.inner) {
        const label = this.#canvas.labelWidth(inner.column.arc)
        if (before !== undefined) x += Math.max(before.right, 0) + COLUMN_GAP + inner.plan.left
        inner.x = x
        // Words stand at the right of the line into the column.
        before = { ...inner.plan, right: Math.max(inner.plan.right, label) }
      }
      const middle = x / 2
      for (const inner of slot.inner) inner.x = Math.round(inner.x - middle)
      slot.left = Math.max(0, ...slot.inner.map((inner) => inner.plan.left - inner.x))
      slot.right = Math.max(
        0,
        ...slot.inner.map((inner) => inner.x + Math.max(inner.plan.right, this.#canvas.labelWidth(inner.column.arc))),
      )
    }
  }

  /** Heights, top to bottom. */
  #stack(): void {
    let y = 0
    let underBeside = 0
    this.#slots.forEach((slot, i) => {
      y = this.#openChannel(i, y, underBeside)
      if (this.#hasRightSide(slot, i)) y = Math.max(y, underBeside)
      slot.top = y
      y += slot.item.kind === 'node' ? this.#canvas.sizeOf(slot.item.vertex).height : greatest(slot.inner.map((inner) => inner.plan.height))
      slot.bottom = y
      for (const inner of slot.inner) inner.y = slot.top
      if (slot.beside.length > 0) underBeside = this.#hang(slot, i) + MARGIN
    })
    // Loops out of a last row turn up below it.
    const end = this.#channel(this.#slots.length).keys.length > 0 ? this.#openChannel(this.#slots.length, y, underBeside) : y
    this.#height = Math.max(end, underBeside)
  }

  /** Sets the heights of the lines above item i; answers where the item may begin. */
  #openChannel(i: number, from: number, underBeside: number): number {
    const { keys, isOpenRight } = this.#channel(i)
    const y = isOpenRight ? Math.max(from, underBeside) : from
    this.#tracks.push(new Map(keys.map((key, n) => [key, y + MARGIN + n * TRACK])))
    if (i === 0) return y
    const words = keys.includes('split') ? LABEL_HEIGHT : MARGIN / 2
    return Math.max(y + GAP, y + MARGIN + (keys.length - 1) * TRACK + words)
  }

  /** The lines of the channel above item i, from the top: out to the lanes first, so that they do not cross what comes in. */
  #channel(i: number): { readonly keys: readonly (string | Vertex)[]; readonly isOpenRight: boolean } {
    const above = this.#flowsFrom[i - 1]?.filter((flow) => flow.source === 'row') ?? []
    const out = above.filter((flow) => flow.way === 'right')
    const loops = above.filter((flow) => flow.way === 'left')
    const arrives = this.#flowsTo[i]?.some((flow) => flow.way === 'right') === true
    const comesDown = above.some((flow) => flow.way === 'down')
    const keys = new Set<string | Vertex>([...out, ...loops].map((flow) => flow.target))
    if (arrives || comesDown) keys.add('in')
    if (this.#slots[i]?.item.kind === 'row') keys.add('split')
    return { keys: [...keys], isOpenRight: out.length > 0 || arrives }
  }

  #hasRightSide(slot: Slot, i: number): boolean {
    if (slot.beside.length > 0) return true
    const leaves = this.#flowsFrom[i]?.some((flow) => flow.way === 'right' && flow.source === 'node') === true
    return leaves || this.#flowsTo[i]?.some((flow) => flow.way === 'back') === true
  }

  /** Branches beside a node, and the lines under them; answers the height of the last one. */
  #hang(slot: Slot, i: number): number {
    const top = slot.bottom + BESIDE_GAP
    for (const inner of slot.beside) inner.y = top
    let under = top + Math.max(...slot.beside.map((inner) => inner.plan.height))
    const heights = new Map<string, number>()
    for (const flow of this.#flowsFrom[i] ?? []) {
      if (flow.source !== 'beside') continue
      const key = laneKey(flow)
      const height = heights.get(key) ?? (under += TRACK)
      heights.set(key, height)
      this.#under.set(flow, height)
    }
    slot.underBeside = under
    return under
  }

  /** What stands on the axis. A row takes its channels with it: in them lines run to the axis from as far out as its columns are. */
  #axis(side: 'left' | 'right'): Skyline {
    const skyline = new Skyline(this.#height)
    this.#slots.forEach((slot, i) => {
      const isRow = slot.item.kind === 'row'
      const top = isRow ? (this.#slots[i - 1]?.bottom ?? 0) : slot.top
      const bottom = isRow ? (this.#slots[i + 1]?.top ?? this.#height) : slot.bottom
      skyline.cover({ top, bottom, reach: slot[side] })
    })
    return skyline
  }

  /** Branches beside, next to whatever stands at their height; answers how far out they reach. */
  #standBeside(side: Skyline): number {
    let outermost = 0
    for (const slot of this.#slots) {
      for (const inner of slot.beside) {
        const stretch = { top: slot.top, bottom: slot.underBeside }
        const words = slot.right + this.#canvas.labelWidth(inner.column.arc) + CLEARANCE
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
  #stretches(ways: readonly Flow['way'][]): readonly Stretch<string>[] {
    const stretches = new Map<string, Stretch<string>>()
    for (const flow of this.#flows) {
      if (!ways.includes(flow.way)) continue
      const key = laneKey(flow)
      const [one, other] = [this.#leavesAt(flow), this.#arrivesAt(flow)]
      const known = stretches.get(key)
      stretches.set(key, {
        key,
        top: Math.min(one, other, known?.top ?? one),
        bottom: Math.max(one, other, known?.bottom ?? one),
      })
    }
    return [...stretches.values()]
  }

  /** Height at which a flow turns to its lane. */
  #leavesAt(flow: Flow): number {
    const under = this.#under.get(flow)
    if (under !== undefined) return under
    const slot = this.#slots[flow.from]
    if (slot === undefined) return 0
    if (flow.source === 'row') return this.#tracks[flow.from + 1]?.get(flow.target) ?? slot.bottom
    return portOf(slot, 0.7)
  }

  /** Height at which a flow leaves its lane. */
  #arrivesAt(flow: Flow): number {
    const slot = flow.to === undefined ? undefined : this.#slots[flow.to]
    if (slot === undefined || flow.to === undefined) return this.#height
    return flow.way === 'right' ? this.#comesInAt(flow.to) : portOf(slot, 0.3)
  }

  #comesInAt(i: number): number {
    return this.#tracks[i]?.get('in') ?? this.#slots[i]?.top ?? 0
  }

  /** From a node into its columns: those of the row below, and those beside. */
  #drawColumns(): void {
    this.#slots.forEach((slot, i) => {
      const above = this.#slots[i - 1]
      for (const inner of slot.inner) {
        const split = this.#tracks[i]?.get('split') ?? slot.top
        this.#trace([inner.column.arc], at(0, above?.bottom ?? 0), at(0, split), at(inner.x, split), at(inner.x, slot.top))
      }
      for (const inner of slot.beside) {
        const y = portOf(slot, 0.5)
        this.#trace([inner.column.arc], at(this.#halfWidth(slot), y), at(inner.x, y), at(inner.x, inner.y))
      }
    })
  }

  /** Draws a flow as far as this sequence goes; answers the exit it takes out of it. */
  #draw(flow: Flow, lane: number): readonly Exit[] {
    const { arcs, target, from, to, way } = flow
    const slot = this.#slots[from]
    if (slot === undefined) return []
    const goal = to === undefined ? undefined : this.#slots[to]
    const x = this.#exitX(flow)
    switch (way) {
      case 'straight':
        this.#trace(arcs, at(0, slot.bottom), at(0, goal?.top ?? 0))
        return []
      case 'bottom':
        this.#trace(arcs, at(x, slot.bottom), at(x, this.#height))
        return [{ target, x, arcs }]
      case 'down': {
        const y = this.#comesInAt(from + 1)
        this.#trace(arcs, at(x, slot.bottom), at(x, y), at(0, y), at(0, goal?.top ?? 0))
        return []
      }
      case 'right':
        this.#leave(flow, slot, lane)
        return this.#arriveBelow(flow, goal, lane)
      case 'left':
      case 'back': {
        const side = way === 'left' ? -1 : 1
        this.#leave(flow, slot, side * lane)
        if (goal === undefined) return []
        const y = portOf(goal, 0.3)
        this.#trace(arcs, at(side * lane, y), at(side * this.#halfWidth(goal), y))
        return []
      }
    }
  }

  /** From where it comes out to its lane. */
  #leave(flow: Flow, slot: Slot, lane: number): void {
    const y = this.#leavesAt(flow)
    const x = this.#exitX(flow)
    if (flow.exit === undefined) this.#trace(flow.arcs, at(Math.sign(lane) * this.#halfWidth(slot), y), at(lane, y))
    else this.#trace(flow.arcs, at(x, flow.source === 'row' ? slot.bottom : y), at(x, y), at(lane, y))
  }

  #arriveBelow({ arcs, target, to }: Flow, goal: Slot | undefined, lane: number): readonly Exit[] {
    if (goal === undefined || to === undefined) {
      this.#trace(arcs, at(lane, this.#height))
      return [{ target, x: lane, arcs }]
    }
    const y = this.#comesInAt(to)
    this.#trace(arcs, at(lane, y), at(0, y), at(0, goal.top))
    return []
  }

  /** Where a flow comes out of its item. */
  #exitX({ from, exit }: Flow): number {
    const slot = this.#slots[from]
    if (exit === undefined || slot === undefined) return 0
    const inner = (slot.item.kind === 'row' ? slot.inner : slot.beside)[exit.column]
    return (inner?.x ?? 0) + exit.exit.x
  }

  #halfWidth(slot: Slot): number {
    return slot.item.kind === 'node' ? this.#canvas.sizeOf(slot.item.vertex).width / 2 : 0
  }

  #box({ item, top }: Slot): readonly Box[] {
    return item.kind === 'node' ? [{ vertex: item.vertex, top, ...this.#canvas.sizeOf(item.vertex) }] : []
  }

  #bypasses(): number {
    const inner = this.#slots.flatMap((slot) => [...slot.inner, ...slot.beside]).reduce((sum, { plan }) => sum + plan.bypasses, 0)
    return inner + this.#flows.filter((flow) => flow.way === 'right' && !this.#canvas.isEnd(flow.target) && !this.#closesBlock(flow)).length
  }

  /** It leads from a small branch to where the branches of its split meet. */
  #closesBlock({ from, target }: Flow): boolean {
    const item = this.#slots[from]?.item
    return item?.kind === 'node' && target.dominator === item.vertex
  }

  #trace(arcs: readonly Arc[], ...corners: readonly Corner[]): void {
    this.#canvas.traces.add(arcs, this.#owner, ...corners)
  }
}

function slotOf(item: Item, canvas: Canvas): Slot {
  const place = (column: Column): Inner => ({ column, plan: planOf(column, canvas), x: 0, y: 0 })
  if (item.kind === 'row') return { item, inner: item.columns.map(place), beside: [], top: 0, bottom: 0, underBeside: 0, left: 0, right: 0 }
  const half = canvas.sizeOf(item.vertex).width / 2
  return { item, inner: [], beside: item.beside.map(place), top: 0, bottom: 0, underBeside: 0, left: half, right: half }
}

/** A column that holds nothing is a line, with room for its words. */
function planOf({ arc, sequence }: Column, canvas: Canvas): Plan {
  if (sequence.items.length > 0) return placeSequence(sequence, canvas)
  const exits = [{ target: arc.to, x: 0, arcs: [arc] }]
  return { left: LANE, right: LANE, height: 0, boxes: [], exits, inner: [], bypasses: 0 }
}

function exitsOf(slot: Slot): InnerExits {
  const placed = (inner: readonly Inner[]) => inner.flatMap(({ plan }, column) => plan.exits.map((exit) => ({ exit, column })))
  return { row: placed(slot.inner), beside: placed(slot.beside) }
}

function byPlace(flows: readonly Flow[], count: number, placeOf: (flow: Flow) => number | undefined): readonly (readonly Flow[])[] {
  const lists: Flow[][] = Array.from({ length: count }, () => [])
  for (const flow of flows) lists[placeOf(flow) ?? -1]?.push(flow)
  return lists
}

/** Lines to one node share a lane; up and down are apart, as they end at different sides of it. */
function laneKey({ way, target }: Flow): string {
  return `${way === 'back' ? 'back' : 'way'}:${target.order}`
}

function greatest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0)
}

/** A height on a node's side: 0 its top, 1 its bottom. */
function portOf({ top, bottom }: Slot, share: number): number {
  return Math.round(top + (bottom - top) * share)
}

function at(x: number, y: number): Corner {
  return { x, y }
}
