import { expect, test } from 'vitest'
import { DAY_MS, dateLimit, dayOf, fullTime, HOUR_MS, MINUTE_MS, shortTime, spanOf } from './format.ts'

const prague = { language: 'en-GB', zone: 'Europe/Prague' }
const NOW = Date.UTC(2026, 2, 12, 13, 2)

test('a span is told in its one largest unit, rounded down', () => {
  expect([59_999, HOUR_MS - 1, 47 * HOUR_MS, 3 * DAY_MS - 1, 30 * DAY_MS, -5].map((ms) => Object.values(spanOf(ms)).join(' '))).toEqual([
    'seconds 59',
    'minutes 59',
    'hours 47',
    'days 2',
    'weeks 4',
    'seconds 0',
  ])
})

test('a time is as short as it stays clear, in the zone of the reader', () => {
  expect(shortTime(NOW - 10 * MINUTE_MS, NOW, prague)).toBe('13:52')
  expect(shortTime(NOW - 2 * DAY_MS, NOW, prague)).toBe('Tue 14:02')
  expect(shortTime(NOW - 40 * DAY_MS, NOW, prague)).toBe('31 Jan')
  expect(shortTime(NOW - 400 * DAY_MS, NOW, prague)).toBe('5 Feb 2025')
})

test('what is today is said by the zone of the reader, not of the server', () => {
  const lateEvening = Date.UTC(2026, 2, 11, 23, 30)
  expect(shortTime(lateEvening, NOW, prague)).toBe('00:30')
  expect(shortTime(lateEvening, NOW, { language: 'en-GB', zone: 'UTC' })).toBe('Wed 23:30')
})

test('the full time names the day, the second and the zone, in the language', () => {
  expect(fullTime(NOW, prague)).toBe('Thu, 12 March 2026 at 14:02:00 CET')
  expect(fullTime(NOW, { ...prague, language: 'de' })).toMatch(/^Do., 12. März 2026 um 14:02:00 MEZ$/)
})

test('a limit in time is told as a day where a day begins for the reader, else to the minute', () => {
  const berlin = { language: 'en-GB', zone: 'Europe/Berlin' }
  expect(dateLimit(Date.parse('2026-03-11T23:00:00Z'), berlin)).toBe('12 Mar 2026')
  expect(dateLimit(Date.parse('2026-03-12T13:02:00Z'), berlin)).toBe('12 Mar 2026, 14:02')
  expect(dateLimit(Date.parse('2026-03-11T23:00:00Z'), { language: 'en-GB', zone: 'UTC' })).toBe('11 Mar 2026, 23:00')
  expect(dayOf(Date.parse('2026-03-11T23:00:00Z'), berlin)).toBe('2026-03-12')
})
