import { expect, test } from 'vitest'
import { isolateValue } from './isolate.ts'

test('a value that turns the direction is kept between marks', () => {
  expect(isolateValue('שלום')).toBe('\u2068שלום\u2069')
  expect(isolateValue('a\u202Egpj.exe')).toBe('\u2068a\u202Egpj.exe\u2069')
})

test('any other value is as it was', () => {
  expect(isolateValue('Grüße, 日本語')).toBe('Grüße, 日本語')
})

test('a value of any length leaves the sentence readable', () => {
  expect(isolateValue('x'.repeat(100_000))).toBe(`${'x'.repeat(200)}…`)
})
