import { expect, test } from 'vitest'
import { DEFAULT_PREFERENCES, readPreferences } from './preferences.ts'

test('what another release or another hand stored is read as far as it is understood', () => {
  expect(readPreferences({ theme: 'sepia', language: 'tlh', zone: 'Moon/Base', keys: false, later: 1 })).toEqual({
    ...DEFAULT_PREFERENCES,
    keys: false,
    language: undefined,
    zone: undefined,
    listWidth: undefined,
  })
  expect(readPreferences(null)).toEqual(DEFAULT_PREFERENCES)
  expect(readPreferences({ zone: 'Europe/Berlin', language: 'de', theme: 'dark' })).toMatchObject({
    zone: 'Europe/Berlin',
    language: 'de',
    theme: 'dark',
  })
})
