import { expect, test } from 'vitest'
import { spanText } from './span-text.ts'

test('a span is told in its two largest units', () => {
  expect([12, 1_520, 61_000, 3_600_000, 93_600_000, 172_800_000].map((ms) => spanText(ms, 'en'))).toEqual([
    '12ms',
    '1.5s',
    '1m 1s',
    '1h',
    '1d 2h',
    '2d',
  ])
  expect(spanText(1_520, 'de')).toBe('1,5 Sek.')
})
