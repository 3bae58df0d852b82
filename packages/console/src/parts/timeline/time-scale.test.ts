import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FOLD_WIDTH, panned, timeScale, waitsOf, zoomed } from './time-scale.ts'

const hour = 3_600_000
const window = { fromMs: 0, toMs: 10 * hour }

describe('a time scale', () => {
  test('is even without folds', () => {
    const scale = timeScale(window, 1000)
    expect([0, hour, 10 * hour].map(scale.xOf)).toEqual([0, 100, 1000])
    expect(scale.msOf(250)).toBe(2.5 * hour)
  })

  test('gives the room of a folded wait to the rest', () => {
    const scale = timeScale(window, 1000, [{ fromMs: hour, toMs: 9 * hour }])
    expect(scale.folds).toEqual([{ fromMs: hour, toMs: 9 * hour, x: expect.closeTo((1000 - FOLD_WIDTH) / 2) }])
    expect(scale.xOf(hour)).toBeCloseTo(490)
    expect(scale.xOf(9 * hour)).toBeCloseTo(510)
    expect(scale.xOf(10 * hour)).toBeCloseTo(1000)
  })

  test('leaves a short wait as it is', () => {
    expect(timeScale(window, 1000, [{ fromMs: hour, toMs: hour + 60_000 }]).folds).toEqual([])
  })

  test('never goes back, and reads back what it wrote, however it is folded', () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 0, max: 10 * hour }), { maxLength: 12 }).map((list) => list.toSorted((a, b) => a - b))
    fc.assert(
      fc.property(cuts, fc.integer({ min: 0, max: 10 * hour }), fc.integer({ min: 0, max: 10 * hour }), (list, a, b) => {
        const waits = list.flatMap((from, i) =>
          i % 2 === 0 && list[i + 1] !== undefined ? [{ fromMs: from, toMs: list[i + 1] ?? from }] : [],
        )
        const scale = timeScale(window, 800, waits)
        expect(scale.xOf(Math.min(a, b))).toBeLessThanOrEqual(scale.xOf(Math.max(a, b)) + 1e-6)
        expect(scale.xOf(scale.msOf(scale.xOf(a)))).toBeCloseTo(scale.xOf(a), 3)
        expect(scale.xOf(10 * hour)).toBeCloseTo(800, 3)
      }),
    )
  })
})

describe('waits', () => {
  test('are the stretches in which nothing computes', () => {
    const rows = [
      { spans: [{ cause: 'compute' as const, fromMs: 10, toMs: 20 }] },
      {
        spans: [
          { cause: 'person' as const, fromMs: 0, toMs: 100 },
          { cause: 'compute' as const, fromMs: 15, toMs: 30 },
        ],
      },
      { spans: [{ cause: 'compute' as const, fromMs: 90 }] },
    ]
    expect(waitsOf(rows, { fromMs: 0, toMs: 120 }, 110)).toEqual([
      { fromMs: 0, toMs: 10 },
      { fromMs: 30, toMs: 90 },
      { fromMs: 110, toMs: 120 },
    ])
  })
})

describe('a window', () => {
  const whole = { fromMs: 0, toMs: 1000 }

  test('zooms around the moment under the pointer and stays within the whole', () => {
    expect(zoomed(whole, whole, { by: 0.5, aroundMs: 250 })).toEqual({ fromMs: 125, toMs: 625 })
    expect(zoomed({ fromMs: 900, toMs: 1000 }, whole, { by: 4, aroundMs: 1000 })).toEqual({ fromMs: 600, toMs: 1000 })
    expect(zoomed({ fromMs: 500, toMs: 510 }, whole, { by: 0.1, aroundMs: 505 })).toEqual({ fromMs: 500, toMs: 510 })
  })

  test('pans until the end of the whole', () => {
    expect(panned({ fromMs: 100, toMs: 300 }, whole, 0.5)).toEqual({ fromMs: 200, toMs: 400 })
    expect(panned({ fromMs: 700, toMs: 900 }, whole, 1)).toEqual({ fromMs: 800, toMs: 1000 })
    expect(panned({ fromMs: 100, toMs: 300 }, whole, -3)).toEqual({ fromMs: 0, toMs: 200 })
  })
})
