import { expect, test } from 'vitest'
import { de } from '../../../i18n/de/index.ts'
import { en } from '../../../i18n/en/index.ts'
import { FACT_KEYS, tellFact } from './tell-fact.ts'

test('every fact that has a sentence has it in both languages, and no sentence is left without its fact', () => {
  expect(Object.keys(en.fact).toSorted()).toEqual([...FACT_KEYS].toSorted())
  expect(Object.keys(de.fact).toSorted()).toEqual([...FACT_KEYS].toSorted())
})

test('the sentence is that of the way it happened', () => {
  const key = (type: string, details: Parameters<typeof tellFact>[0]['details'] = {}) => tellFact({ type, details }).key
  expect(key('opened', { wait: { kind: 'child' } })).toBe('opened-child')
  expect(key('closed', { route: 'ok', skipped: true })).toBe('closed-skipped')
  expect(key('ended', { status: 'ABORTED', reason: 'twice' })).toBe('ended-ABORTED-reason')
  expect(key('attempt-failed', { retryAtMs: 5 })).toBe('attempt-failed')
  expect(key('attempt-failed')).toBe('attempt-failed-last')
  expect(key('assigned', { how: 'escalated' })).toBe('assigned-escalated')
})

test('a fact of a newer release is shown by its name instead of breaking the page', () => {
  expect(tellFact({ type: 'teleported', details: {} }).key).toBeUndefined()
})
