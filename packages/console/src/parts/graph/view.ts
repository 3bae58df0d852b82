import type { Layout } from './layout/layout.ts'

/** Where the drawing stands on the screen: offset in screen pixels, and zoom. */
export interface View {
  readonly x: number
  readonly y: number
  readonly zoom: number
}

export const MIN_ZOOM = 0.02
export const MAX_ZOOM = 2
/** Below this, words cannot be read and plain shapes stand in. */
export const FAR_ZOOM = 0.3
/** Whole on opening only while its words can be read. */
const READABLE_ZOOM = 0.6

export interface Screen {
  readonly width: number
  readonly height: number
}

/** The whole drawing in the middle, at most at its own size. */
export function fittingView(layout: Pick<Layout, 'width' | 'height'>, screen: Screen): View {
  const zoom = clamp(Math.min(screen.width / layout.width, screen.height / layout.height), MIN_ZOOM, 1)
  return { x: (screen.width - layout.width * zoom) / 2, y: Math.max(0, (screen.height - layout.height * zoom) / 2), zoom }
}

/** What to open on: the whole if it can be read; else the node in question in the middle, or the beginning at the top. */
export function openingView(layout: Layout, screen: Screen, focus: string | undefined): View {
  const whole = fittingView(layout, screen)
  if (whole.zoom >= READABLE_ZOOM) return whole
  const node = focus === undefined ? undefined : layout.nodes.get(focus)
  if (node !== undefined) return centredView(layout, screen, { x: node.x + node.width / 2, y: node.y + node.height / 2, zoom: 1 })
  const [first] = layout.nodes.values()
  const x = first === undefined ? layout.width / 2 : first.x + first.width / 2
  return centredView(layout, screen, { x, y: 0, zoom: 1 })
}

/** A point in the middle, but no empty ground beyond an edge of the drawing that fits the screen in that direction. */
export function centredView(
  layout: Layout,
  screen: Screen,
  { x, y, zoom }: { readonly x: number; readonly y: number; readonly zoom: number },
): View {
  return { x: along(x, layout.width, screen.width, zoom), y: along(y, layout.height, screen.height, zoom), zoom }
}

function along(point: number, drawing: number, screen: number, zoom: number): number {
  const free = screen - drawing * zoom
  if (free >= 0) return free / 2
  return clamp(screen / 2 - point * zoom, free, 0)
}

export function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}
