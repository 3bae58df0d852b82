/**
 * Heights: items one below the other, and between two of them a channel for the lines that run across.
 *
 * Keeps P1 and the second half of P3 of `place.ts`.
 */
import { type Flow, laneKey } from './flow.ts'
import { greatest, portOf, type Slot } from './slot.ts'
import type { Vertex } from './structure.ts'

/** Pixels between two nodes on an axis with nothing between. */
const GAP = 32
/** Between a line and the node above or below it. */
const MARGIN = 12
const TRACK = 10
/** Room for words above a column. */
const LABEL_HEIGHT = 18
/** From a node's bottom to the branch beside it. */
const BESIDE_GAP = 24

/** At which heights lines run. */
export interface Heights {
  readonly height: number
  /** Where the line into the columns of row `i` branches. */
  splitsAt(i: number): number
  /** Where lines from above and from the lanes come together over item `i`. */
  comesInAt(i: number): number
  /** Where a flow turns to its lane. */
  leavesAt(flow: Flow): number
  /** Where it leaves its lane. */
  arrivesAt(flow: Flow): number
}

export function stack(slots: readonly Slot[], flows: readonly Flow[]): Heights {
  return new Stack(slots, flows).run()
}

class Stack implements Heights {
  readonly #slots: readonly Slot[]
  /** By item, so that long sequences cost what they are long. */
  readonly #from: readonly (readonly Flow[])[]
  readonly #to: readonly (readonly Flow[])[]
  /** Heights of the horizontal lines of the channel above an item: by the flow's way and target, `in` and `split`. */
  readonly #tracks: Map<string | Vertex, number>[] = []
  /** Height of the line under a branch beside, by flow. */
  readonly #under = new Map<Flow, number>()
  height = 0

  constructor(slots: readonly Slot[], flows: readonly Flow[]) {
    this.#slots = slots
    this.#from = byPlace(flows, slots.length, (flow) => flow.from)
    this.#to = byPlace(flows, slots.length, (flow) => flow.to)
  }

  run(): Heights {
    let y = 0
    let underBeside = 0
    this.#slots.forEach((slot, i) => {
      y = this.#openChannel(i, y, underBeside)
      if (this.#hasRightSide(slot, i)) y = Math.max(y, underBeside)
      slot.top = y
      y += slot.item.kind === 'node' ? slot.size.height : greatest(slot.inner.map((inner) => inner.plan.height))
      slot.bottom = y
      for (const inner of slot.inner) inner.y = slot.top
      if (slot.beside.length > 0) underBeside = this.#hang(slot, i) + MARGIN
    })
    // Loops out of a last row turn up below it.
    const end = this.#channel(this.#slots.length).keys.length > 0 ? this.#openChannel(this.#slots.length, y, underBeside) : y
    this.height = Math.max(end, underBeside)
    return this
  }

  splitsAt(i: number): number {
    return this.#tracks[i]?.get('split') ?? this.#slots[i]?.top ?? 0
  }

  comesInAt(i: number): number {
    return this.#tracks[i]?.get('in') ?? this.#slots[i]?.top ?? 0
  }

  leavesAt(flow: Flow): number {
    const under = this.#under.get(flow)
    if (under !== undefined) return under
    const slot = this.#slots[flow.from]
    if (slot === undefined) return 0
    if (flow.source === 'row') return this.#tracks[flow.from + 1]?.get(flow.target) ?? slot.bottom
    return portOf(slot, 0.7)
  }

  arrivesAt(flow: Flow): number {
    const slot = flow.to === undefined ? undefined : this.#slots[flow.to]
    if (slot === undefined || flow.to === undefined) return this.height
    return flow.way === 'right' ? this.comesInAt(flow.to) : portOf(slot, 0.3)
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
    const above = this.#from[i - 1]?.filter((flow) => flow.source === 'row') ?? []
    const out = above.filter((flow) => flow.way === 'right')
    const loops = above.filter((flow) => flow.way === 'left')
    const arrives = this.#to[i]?.some((flow) => flow.way === 'right') === true
    const comesDown = above.some((flow) => flow.way === 'down')
    const keys = new Set<string | Vertex>([...out, ...loops].map((flow) => flow.target))
    if (arrives || comesDown) keys.add('in')
    if (this.#slots[i]?.item.kind === 'row') keys.add('split')
    return { keys: [...keys], isOpenRight: out.length > 0 || arrives }
  }

  #hasRightSide(slot: Slot, i: number): boolean {
    if (slot.beside.length > 0) return true
    const leaves = this.#from[i]?.some((flow) => flow.way === 'right' && flow.source === 'node') === true
    return leaves || this.#to[i]?.some((flow) => flow.way === 'back') === true
  }

  /** Branches beside a node, and the lines under them; answers the height of the last one. */
  #hang(slot: Slot, i: number): number {
    const top = slot.bottom + BESIDE_GAP
    for (const inner of slot.beside) inner.y = top
    let under = top + Math.max(...slot.beside.map((inner) => inner.plan.height))
    const heights = new Map<string, number>()
    for (const flow of this.#from[i] ?? []) {
      if (flow.source !== 'beside') continue
      const key = laneKey(flow)
      const height = heights.get(key) ?? (under += TRACK)
      heights.set(key, height)
      this.#under.set(flow, height)
    }
    slot.underBeside = under
    return under
  }
}

function byPlace(flows: readonly Flow[], count: number, placeOf: (flow: Flow) => number | undefined): readonly (readonly Flow[])[] {
  const lists: Flow[][] = Array.from({ length: count }, () => [])
  for (const flow of flows) lists[placeOf(flow) ?? -1]?.push(flow)
  return lists
}
