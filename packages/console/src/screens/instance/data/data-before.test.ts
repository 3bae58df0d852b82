import type { HistoryEntry } from '@millrace/protocol'
import { expect, test } from 'vitest'
import { dataBefore } from './data-before.ts'
import { dataChanges } from './data-changes.ts'

const facts = (['created', 'closed', 'data'] as const).map(
  (type, at): HistoryEntry => ({
    seq: at + 1,
    atMs: at,
    run: 1,
    type,
    by: 'ana',
    details: { data: [{ amount: 5, note: 'a' }, { amount: 7 }, { note: 'b', stage: 'paid' }][at] ?? {} },
  }),
)
const now = { amount: 7, note: 'b', stage: 'paid' }

test('the data before its last change is what that change found', () => {
  expect(dataBefore(now, { changes: dataChanges(facts), isWhole: true, comparison: 'last' })).toEqual({ amount: 7, note: 'a' })
})

test('the data as it began is what every later change found', () => {
  expect(dataBefore(now, { changes: dataChanges(facts), isWhole: true, comparison: 'first' })).toEqual({ amount: 5, note: 'a' })
})

test('what an unread earlier fact may have set is not told as new', () => {
  const changes = dataChanges(facts.slice(1))
  expect(dataBefore(now, { changes, isWhole: false, comparison: 'last' })).toEqual(now)
})

test('data that never changed has nothing to be compared with', () => {
  const changes = dataChanges(facts.slice(0, 1))
  expect(dataBefore(now, { changes, isWhole: true, comparison: 'last' })).toBeUndefined()
  expect(dataBefore(now, { changes, isWhole: true, comparison: 'first' })).toBeUndefined()
})
