import { expect, test } from 'vitest'
import { graphOf } from './graph.fixture.ts'
import { layout } from './layout/layout.ts'
import { neighbourOf } from './neighbour.ts'

const graph = graphOf('start>pick pick>a pick>b pick>c a>met b>met c>met met>pick met>end', { met: 'or-join' })
const drawn = layout(graph)
const go = (from: string, ...directions: readonly Parameters<typeof neighbourOf>[3][]) =>
  directions.reduce<string | undefined>((at, direction) => (at === undefined ? undefined : neighbourOf(graph, drawn, at, direction)), from)

test('arrows go down and up along the edges and sideways to the branch beside', () => {
  expect(go('start', 'down', 'down')).toBe('b')
  expect(go('b', 'left')).toBe('a')
  expect(go('b', 'right')).toBe('c')
  expect(go('c', 'down')).toBe('met')
  expect(go('met', 'down')).toBe('end')
  expect(go('b', 'up', 'up')).toBe('start')
})

test('arrows stop at the border, and a loop is no way down', () => {
  expect(go('end', 'down')).toBeUndefined()
  expect(go('a', 'left')).toBeUndefined()
  expect(go('start', 'up')).toBeUndefined()
})
