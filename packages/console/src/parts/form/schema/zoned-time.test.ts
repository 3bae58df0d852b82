import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instantOf, localOf } from './zoned-time.ts'

const berlin = (local: string) => instantOf({ local, zone: 'Europe/Berlin' })

describe('a time in a zone', () => {
  test('is written with the offset that holds then', () => {
    expect(berlin('2026-01-15T10:00')).toEqual({ text: '2026-01-15T10:00:00+01:00', kind: 'plain' })
    expect(berlin('2026-07-15T10:00')).toEqual({ text: '2026-07-15T10:00:00+02:00', kind: 'plain' })
    expect(instantOf({ local: '2026-07-15T10:00', zone: 'America/St_Johns' })?.text).toBe('2026-07-15T10:00:00-02:30')
    expect(instantOf({ local: '2026-07-15T10:00', zone: 'UTC' })?.text).toBe('2026-07-15T10:00:00+00:00')
  })

  test('that the clocks skip is the one after, and says so', () => {
    expect(berlin('2026-03-29T02:30')).toEqual({ text: '2026-03-29T03:30:00+02:00', kind: 'gap' })
  })

  test('that comes twice is the first, and says so', () => {
    expect(berlin('2026-10-25T02:30')).toEqual({ text: '2026-10-25T02:30:00+02:00', kind: 'twice' })
    expect(berlin('2026-10-25T03:00')?.kind).toBe('plain')
  })

  test('that does not exist in the calendar is none', () => {
    expect(berlin('2026-02-30T10:00')).toBeUndefined()
    expect(berlin('')).toBeUndefined()
    expect(instantOf({ local: '2026-02-03T10:00', zone: 'Middle/Earth' })).toBeUndefined()
  })

  test('reads back as the same local time, in every zone, except where the clocks skip it', () => {
    const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC')
    const times = fc.date({ min: new Date('1990-01-01T00:00Z'), max: new Date('2100-01-01T00:00Z'), noInvalidDate: true })
    fc.assert(
      fc.property(zones, times, (zone, time) => {
        const local = time.toISOString().slice(0, 16)
        const instant = instantOf({ local, zone })
        expect(instant).toBeDefined()
        if (instant === undefined || instant.kind === 'gap') return
        expect(localOf(instant.text, zone)).toBe(local)
      }),
      { numRuns: 500 },
    )
  })

  test('is shown in the zone that is asked for', () => {
    expect(localOf('2026-07-15T08:00:00Z', 'Europe/Berlin')).toBe('2026-07-15T10:00')
    expect(localOf('2026-07-15T08:00:07.5+02:00', 'UTC')).toBe('2026-07-15T06:00:07')
    expect(localOf('2026-07-15', 'UTC')).toBeUndefined()
    expect(localOf('tomorrow', 'UTC')).toBeUndefined()
  })
})
