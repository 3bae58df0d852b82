/** Colours of the page, for a canvas: read from the tokens each time it paints, so that a change of theme needs no other word. */
import type { ChartSeries } from './chart.ts'

/** What CSS says a custom property is, here. */
export const token = (element: Element, name: string): string => getComputedStyle(element).getPropertyValue(`--mr-${name}`).trim()

export const fontOf = (element: Element): string => {
  const { fontFamily } = getComputedStyle(element)
  return `12px ${fontFamily}`
}

/** Pixels from one line of a hatching to the next. */
const HATCH = 5

/** How a bar is filled. */
export const fillOf = (element: Element, { tone, fill = 'solid' }: ChartSeries): string | CanvasPattern => {
  const colour = token(element, tone)
  if (fill === 'solid') return colour
  if (fill === 'outlined') return `color-mix(in srgb, ${colour} 18%, ${token(element, 'surface')})`
  return hatched(colour, `color-mix(in srgb, ${colour} 22%, ${token(element, 'surface')})`) ?? colour
}

const hatched = (line: string, ground: string): CanvasPattern | null => {
  const ratio = Math.max(1, Math.round(devicePixelRatio))
  const size = HATCH * ratio
  const canvas = document.createElement('canvas')
  canvas.width = size
  canvas.height = size
  const context = canvas.getContext('2d')
  if (context === null) return null
  context.fillStyle = ground
  context.fillRect(0, 0, size, size)
  context.strokeStyle = line
  context.lineWidth = 1.5 * ratio
  // One line through the tile and its two neighbours, so that tiles join.
  for (const shift of [-size, 0, size]) {
    context.beginPath()
    context.moveTo(shift - 1, size + 1)
    context.lineTo(shift + size + 1, -1)
    context.stroke()
  }
  return context.createPattern(canvas, 'repeat')
}
