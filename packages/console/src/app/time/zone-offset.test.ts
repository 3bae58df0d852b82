import { expect, test } from 'vitest'
import { zoneOffsetMinutes } from './zone-offset.ts'

test('a zone is ahead of UTC by what its clocks show, in summer and winter, also by parts of an hour and behind', () => {
  const january = Date.UTC(2027, 0, 15, 12, 34, 56)
  const july = Date.UTC(2027, 6, 15, 23, 59)
  const offsets = (ms: number) =>
    ['UTC', 'Europe/Prague', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Kiritimati'].map((zone) => zoneOffsetMinutes(zone, ms))
  expect(offsets(january)).toEqual([0, 60, 345, -210, 840])
  expect(offsets(july)).toEqual([0, 120, 345, -150, 840])
})

test('without a zone it is that of this machine', () => {
  const ms = Date.UTC(2027, 0, 15)
  expect(zoneOffsetMinutes(undefined, ms)).toBe(0 - new Date(ms).getTimezoneOffset())
})
