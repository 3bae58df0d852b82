import { expect, test } from 'vitest'
import { isRetryableStatus, retryAfterMs } from './retry-after.ts'

const NOW = Date.parse('2026-03-01T12:00:00Z')

test('Retry-After is seconds or a date, never negative and at most a day', () => {
  expect(retryAfterMs('120', NOW)).toBe(120_000)
  expect(retryAfterMs('Sun, 01 Mar 2026 12:00:05 GMT', NOW)).toBe(5000)
  expect(retryAfterMs('Sun, 01 Mar 2026 11:00:00 GMT', NOW)).toBe(0)
  expect(retryAfterMs('99999999', NOW)).toBe(86_400_000)
  expect(retryAfterMs('soon', NOW)).toBeUndefined()
  expect(retryAfterMs(null, NOW)).toBeUndefined()
})

test('another try is for what may pass: too busy, too early, the server’s own trouble', () => {
  const retried = [400, 401, 404, 408, 409, 425, 429, 500, 501, 502, 503, 504, 505].filter(isRetryableStatus)
  expect(retried).toEqual([408, 425, 429, 500, 502, 503, 504])
})
