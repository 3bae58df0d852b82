import type { Position } from '../problem.ts'

/**
 * Where the parts of a model stand in its text; plain data, so that it can cross a worker boundary.
 *
 * `paths` is by the model's own words: `title`, `data/reason`, `locks/0`, `nodes/review`, `nodes/review/assign/rule`,
 * `nodes/review/timeouts/0/then/to`, `transitions/3`, `transitions/3/rule`.
 */
export interface Positions {
  readonly nodes: { readonly [id: string]: Position }
  /** By index of the transition. */
  readonly transitions: readonly Position[]
  readonly paths: { readonly [path: string]: Place }
}

export interface Place extends Position {
  /** The text stands here character by character, so that an offset into it is an offset in the line. */
  readonly isVerbatim?: boolean
}

export const NO_POSITIONS: Positions = { nodes: {}, transitions: [], paths: {} }

/** The place of a path, or of the nearest part around it that is known; line 1, column 1 when none is. */
export function positionAt(positions: Positions, path: string, offset = 0): Position {
  for (let known = path; known !== ''; known = known.slice(0, Math.max(0, known.lastIndexOf('/')))) {
    const place = Object.hasOwn(positions.paths, known) ? positions.paths[known] : undefined
    if (place === undefined) continue
    const shift = known === path && place.isVerbatim === true ? offset : 0
    return { line: place.line, column: place.column + shift }
  }
  return { line: 1, column: 1 }
}
