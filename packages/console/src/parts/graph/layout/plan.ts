/** What placing leaves behind: sequences with their places in one another, and the corners of every edge in the sequence they lie in. */
import type { Arc, Vertex } from './structure.ts'

/** A placed sequence. Its own coordinates: x from its axis, to the right; y from its top, down. */
export interface Plan {
  /** Pixels it takes to both sides of its axis. */
  readonly left: number
  readonly right: number
  readonly height: number
  readonly boxes: readonly Box[]
  /** Edges that leave it at the bottom, each with a clear way down. */
  readonly exits: readonly Exit[]
  readonly inner: readonly { readonly plan: Plan; readonly x: number; readonly y: number }[]
  /** Lines that run past other nodes to one that is no end: block structure has none. */
  readonly bypasses: number
}

export interface Box {
  readonly vertex: Vertex
  readonly top: number
  readonly width: number
  readonly height: number
}

export interface Exit {
  readonly target: Vertex
  readonly x: number
  readonly arcs: readonly Arc[]
}

export interface Corner {
  readonly x: number
  readonly y: number
}

/** Corners of all edges, in the order in which a line runs through them: inner sequences are placed before outer ones. */
export class Traces {
  readonly #corners: { readonly owner: object; readonly corner: Corner }[][]

  constructor(edges: number) {
    this.#corners = Array.from({ length: edges }, () => [])
  }

  /** `owner` is the token of the sequence whose coordinates they are in. */
  add(arcs: readonly Arc[], owner: object, ...corners: readonly Corner[]): void {
    for (const { index } of arcs) this.#corners[index]?.push(...corners.map((corner) => ({ owner, corner })))
  }

  /** Absolute corners by edge, without those that lie on a straight line. */
  resolve(origins: ReadonlyMap<object, Corner>): readonly (readonly Corner[])[] {
    return this.#corners.map((corners) =>
      straighten(
        corners.map(({ owner, corner }) => {
          const origin = origins.get(owner) ?? { x: 0, y: 0 }
          return { x: origin.x + corner.x, y: origin.y + corner.y }
        }),
      ),
    )
  }
}

function straighten(corners: readonly Corner[]): readonly Corner[] {
  const kept: Corner[] = []
  for (const corner of corners) {
    const last = kept.at(-1)
    const before = kept.at(-2)
    if (last !== undefined && last.x === corner.x && last.y === corner.y) continue
    const isOnLine =
      last !== undefined &&
      before !== undefined &&
      ((before.x === last.x && last.x === corner.x) || (before.y === last.y && last.y === corner.y))
    if (isOnLine) kept.pop()
    kept.push(corner)
  }
  return kept
}
