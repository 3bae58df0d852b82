import { expect, test } from 'vitest'
import { parseNumber } from './parse-number.ts'

test('numbers are read as the language writes them', () => {
  expect(['1.5', ' 12 ', '-3', '1,234', '1,234,567.8', '1e3', '.5', '5.'].map((text) => parseNumber(text, 'en'))).toEqual([
    1.5, 12, -3, 1234, 1_234_567.8, 1000, 0.5, 5,
  ])
  expect(['1,5', '1.5', '1.234', '1.234,5', '−2'].map((text) => parseNumber(text, 'de'))).toEqual([1.5, 1.5, 1234, 1234.5, -2])
})

test('what is no number is none, and neither is what would lose digits', () => {
  for (const text of ['', 'x', '1.2.3', '12 apples', '0x1F', 'Infinity', '1e999', '12345678901234567890', '--1', '1,2,3'])
    expect([text, parseNumber(text, 'en')]).toEqual([text, undefined])
  expect(parseNumber('9007199254740991', 'en')).toBe(9_007_199_254_740_991)
})
