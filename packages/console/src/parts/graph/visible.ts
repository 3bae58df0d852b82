/** Which edges and labels to draw: those near the window. The window moves in steps, so that most movements draw nothing anew. */
import type { Corner } from './layout/plan.ts'

export interface Window {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Screen pixels of a step of the window. */
const STEP = 400

/** The part of the drawing to draw, in its own pixels: what is on screen and at least a step around it. */
export function windowOf(
  [x, y, zoom]: readonly [number, number, number],
  { width, height }: { readonly width: number; readonly height: number },
): Window {
  const step = STEP / zoom
  return {
    left: (Math.floor(-x / zoom / step) - 1) * step,
    top: (Math.floor(-y / zoom / step) - 1) * step,
    right: (Math.ceil((-x + width) / zoom / step) + 1) * step,
    bottom: (Math.ceil((-y + height) / zoom / step) + 1) * step,
  }
}

export function isSameWindow(a: Window, b: Window): boolean {
  return a.left === b.left && a.top === b.top && a.right === b.right && a.bottom === b.bottom
}

/** Whether any piece of a line lies in a window. */
export function isLineIn(corners: readonly Corner[], { left, top, right, bottom }: Window): boolean {
  return corners.some((corner, i) => {
    const before = corners[i - 1] ?? corner
    return (
      Math.max(corner.x, before.x) >= left &&
      Math.min(corner.x, before.x) <= right &&
      Math.max(corner.y, before.y) >= top &&
      Math.min(corner.y, before.y) <= bottom
    )
  })
}
