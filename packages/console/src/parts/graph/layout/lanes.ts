/**
 * Finds room beside a column for what runs past it: vertical lines, each over a stretch of the column's height.
 *
 * Everything is measured outwards from the axis, so that the left side is the right side seen in a mirror.
 */

/** Something that takes room: from `top` to `bottom`, out to `reach` from the axis. */
export interface Extent extends Range {
  readonly reach: number
}

export interface Range {
  readonly top: number
  readonly bottom: number
}

export interface Stretch<Key> extends Range {
  readonly key: Key
}

/** Pixels between two lines that run side by side. */
export const LANE = 12
/** Pixels between a line and a box it runs past. */
export const CLEARANCE = 14

/** A distance from the axis for every stretch: beyond all boxes beside it, the short ones inside the long ones. */
export function assignLanes<Key>(stretches: readonly Stretch<Key>[], boxes: Skyline): ReadonlyMap<Key, number> {
  const places = new Map<Key, number>()
  if (stretches.length === 0) return places
  const lines = new Skyline(boxes.height)
  const byLength = stretches.toSorted((a, b) => a.bottom - a.top - (b.bottom - b.top))
  for (const stretch of byLength) {
    const reach = Math.max(boxes.reach(stretch) + CLEARANCE, lines.reach(stretch) + LANE)
    places.set(stretch.key, reach)
    lines.cover({ top: stretch.top, bottom: stretch.bottom, reach })
  }
  return places
}

/** Pixels of a cell; with `MARGIN` less than what `place.ts` leaves between two branches beside. */
const CELL = 2
/** Touching ends count as meeting: lines must not run into each other. */
const MARGIN = 5

/** How far out things reach, by height: a row of cells, so that asking costs the length of the stretch and not the number of things. */
export class Skyline {
  readonly height: number
  readonly #extents: Extent[] = []
  #cells: Float64Array | undefined

  constructor(height: number) {
    this.height = height
  }

  cover(extent: Extent): void {
    if (this.#cells === undefined) this.#extents.push(extent)
    else fill(this.#cells, extent)
  }

  /** How far out anything reaches beside a stretch; 0 where nothing does. */
  reach({ top, bottom }: Range): number {
    const cells = this.#build()
    let reach = 0
    const last = Math.min(cells.length - 1, Math.floor((bottom + MARGIN) / CELL))
    for (let cell = Math.max(0, Math.floor((top - MARGIN) / CELL)); cell <= last; cell++) {
      const here = cells[cell] ?? 0
      if (here > reach) reach = here
    }
    return reach
  }

  /** Only when it is first asked: most columns have nothing that runs past them. */
  #build(): Float64Array {
    if (this.#cells !== undefined) return this.#cells
    const cells = new Float64Array(Math.ceil(this.height / CELL) + 1)
    for (const extent of this.#extents) fill(cells, extent)
    this.#cells = cells
    return cells
  }
}

function fill(cells: Float64Array, { top, bottom, reach }: Extent): void {
  const last = Math.min(cells.length - 1, Math.floor(bottom / CELL))
  for (let cell = Math.max(0, Math.floor(top / CELL)); cell <= last; cell++) {
    if (reach > (cells[cell] ?? 0)) cells[cell] = reach
  }
}
