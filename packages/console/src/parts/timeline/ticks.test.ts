import { expect, test } from 'vitest'
import { ticksOf } from './ticks.ts'
import { timeScale } from './time-scale.ts'

const hour = 3_600_000
const day = 24 * hour

test('ticks stand on round times of the reader, as many as there is room for', () => {
  const { ticks, stepMs } = ticksOf(timeScale({ fromMs: 0, toMs: 12 * hour }, 900), 0)
  expect(stepMs).toBe(2 * hour)
  expect(ticks.map((tick) => tick.ms / hour)).toEqual([0, 2, 4, 6, 8, 10, 12])
  expect(ticks.map((tick) => tick.isDay)).toEqual([true, false, false, false, false, false, false])
})

test('a day begins where the reader is', () => {
  const { ticks } = ticksOf(timeScale({ fromMs: 0, toMs: 3 * day }, 400), 2 * hour)
  expect(ticks.map((tick) => tick.ms / hour)).toEqual([22, 46, 70])
  expect(ticks.every((tick) => tick.isDay)).toBe(true)
})

test('none stands in a folded stretch, however long that is', () => {
  const scale = timeScale({ fromMs: 0, toMs: 400 * day }, 900, [{ fromMs: hour, toMs: 399 * day }])
  for (const { ms } of ticksOf(scale, 0).ticks) expect(ms <= hour || ms >= 399 * day).toBe(true)
})
