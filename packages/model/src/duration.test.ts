import { addDuration, normalizeDuration } from '@millrace/model'
import { describe, expect, test } from 'vitest'

describe('a duration', () => {
  test.each([
    ['P2D', 'P2D'],
    ['PT1H30M', 'PT1H30M'],
    ['P1Y2M3W4DT5H6M7.5S', 'P1Y2M3W4DT5H6M7.5S'],
    ['1h30m', 'PT1H30M'],
    ['2d', 'P2D'],
    ['1w 2d 3h', 'P1W2DT3H'],
    ['45s', 'PT45S'],
    ['500ms', 'PT0.5S'],
    ['1s250ms', 'PT1.25S'],
    ['0s', 'PT0S'],
  ])('written %s is stored as %s', (text, iso) => {
    expect(normalizeDuration(text)).toBe(iso)
  })

  test.each(['', 'P', 'PT', 'P1', '1', 'h', '1x', '-1d', '1.5h', 'P-1D', 'PT1H30', '1m1h', `${' '.repeat(70)}1d`, 'P99999999999D'])(
    'is not %j',
    (text) => {
      expect(normalizeDuration(text)).toBeUndefined()
    },
  )

  test('a text that is hard on patterns is refused at once', () => {
    const began = performance.now()
    expect(normalizeDuration(`1w${' '.repeat(100_000)}x`)).toBeUndefined()
    expect(performance.now() - began).toBeLessThan(50)
  })
})

describe('a moment and a duration', () => {
  const at = Date.UTC(2026, 0, 31, 10)

  test.each([
    ['PT90M', Date.UTC(2026, 0, 31, 11, 30)],
    ['P1W', Date.UTC(2026, 1, 7, 10)],
    ['P1M', Date.UTC(2026, 1, 28, 10)],
    ['P13M', Date.UTC(2027, 1, 28, 10)],
    ['P1Y1D', Date.UTC(2027, 1, 1, 10)],
    ['PT0.25S', at + 250],
  ])('31 January at ten and %s', (iso, expected) => {
    expect(addDuration(at, iso)).toBe(expected)
  })

  test('beyond the last moment of the calendar end there', () => {
    expect(addDuration(at, 'P999999999Y')).toBe(8.64e15)
  })

  test('a short form is refused with what to do', () => {
    expect(() => addDuration(at, '1h')).toThrow('Normalise it with normalizeDuration first')
  })
})
