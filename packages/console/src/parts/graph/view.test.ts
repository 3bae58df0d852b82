import { describe, expect, test } from 'vitest'
import { graphOf } from './graph.fixture.ts'
import { layout } from './layout/layout.ts'
import { openingView, type View } from './view.ts'

const screen = { width: 800, height: 600 }
const chain = layout(graphOf(Array.from({ length: 200 }, (_, i) => `n${i}>n${i + 1}`).join(' ')))

/** Where a node's middle comes to stand on the screen. */
function middleOf(id: string, { x, y, zoom }: View): { readonly x: number; readonly y: number } {
  const box = chain.nodes.get(id) ?? { x: 0, y: 0, width: 0, height: 0 }
  return { x: (box.x + box.width / 2) * zoom + x, y: (box.y + box.height / 2) * zoom + y }
}

describe('a graph opens', () => {
  test('whole, in the middle and never enlarged, while it can be read so', () => {
    const small = layout(graphOf('start>a a>end'))
    const view = openingView(small, screen, 'a')
    expect(view.zoom).toBe(1)
    expect(view.x + small.width / 2).toBeCloseTo(400)
  })

  test('on the node in question when it is too large for that', () => {
    expect(middleOf('n100', openingView(chain, screen, 'n100'))).toEqual({ x: 400, y: 300 })
  })

  test('with no empty ground beyond its ends', () => {
    const { y, zoom } = openingView(chain, screen, 'n200')
    expect(y + chain.height * zoom).toBe(600)
    expect(openingView(chain, screen, undefined).y).toBe(0)
  })
})
