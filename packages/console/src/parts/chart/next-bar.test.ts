import { expect, test } from 'vitest'
import type { BarBox } from './bar-plot.ts'
import { nextBar } from './next-bar.ts'

const bar = (series: string, column: number, top: number): BarBox => ({ series, column, left: 0, top, width: 10, height: 10 })

/** Column 1 has none; in column 2 only another series. */
const bars = [bar('done', 0, 90), bar('failed', 0, 80), bar('failed', 2, 90), bar('done', 3, 90), bar('failed', 3, 60)]
const [done, failed, alone, last, top] = bars

const go = (from: BarBox | undefined, ...keys: readonly string[]) =>
  keys.reduce<BarBox | undefined>((at, key) => nextBar(bars, at, key), from)

test('sideways it stays in its series where it can, and passes columns without bars', () => {
  expect(go(failed, 'ArrowRight')).toBe(alone)
  expect(go(failed, 'ArrowRight', 'ArrowRight')).toBe(top)
  expect(go(done, 'ArrowRight')).toBe(alone)
  expect(go(last, 'ArrowLeft')).toBe(alone)
})

test('up and down go within a column, Home and End to the ends', () => {
  expect(go(done, 'ArrowUp')).toBe(failed)
  expect(go(failed, 'ArrowDown')).toBe(done)
  expect(go(alone, 'End')).toBe(top)
  expect(go(alone, 'Home')).toBe(done)
})

test('at the edges, without a bar and for other keys nothing happens', () => {
  expect(go(failed, 'ArrowUp')).toBeUndefined()
  expect(go(done, 'ArrowDown')).toBeUndefined()
  expect(go(top, 'ArrowRight')).toBeUndefined()
  expect(go(done, 'ArrowLeft')).toBeUndefined()
  expect(go(done, 'a')).toBeUndefined()
  expect(nextBar([], undefined, 'ArrowRight')).toBeUndefined()
})
