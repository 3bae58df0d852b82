import { expect, test } from 'vitest'
import type { ChartSeries } from './chart.ts'
import { highestOf, labelEvery, stackSeries } from './stack.ts'

const series = (id: string, ...values: readonly (number | null)[]): ChartSeries => ({ id, name: id, tone: 'running', values })

test('bars of one stack stand on each other, those of another beside them; what is unknown stays out of the sum', () => {
  const stacked = stackSeries([[series('started', 3, null, 0)], [series('completed', 2, null, 1), series('failed', 1, 4, 2)]])
  expect(stacked.map(({ series: { id }, stack, from, to }) => [id, stack, from, to])).toEqual([
    ['started', 0, [0, null, 0], [3, null, 0]],
    ['completed', 1, [0, null, 0], [2, null, 1]],
    ['failed', 1, [2, 0, 1], [3, 4, 3]],
  ])
})

test('the axis reaches the highest stack or mark, and is never empty', () => {
  const stacked = stackSeries([[series('a', 3, 1), series('b', 1, 2)]])
  expect(highestOf(stacked)).toBe(4)
  expect(highestOf(stacked, [series('c', null, 9)])).toBe(9)
  expect(highestOf(stackSeries([[series('a', null, 0)]]))).toBe(1)
})

test('labels thin out before they touch', () => {
  expect(labelEvery(14, 700, 48)).toBe(1)
  expect(labelEvery(14, 260, 48)).toBe(3)
  expect(labelEvery(6, 0, 48)).toBe(288)
})
