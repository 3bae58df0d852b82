import type { HistoryEntry } from '@millrace/protocol'
import { expect, test } from 'vitest'
import { dataChanges } from './data-changes.ts'

const fact = (seq: number, type: string, rest: Partial<HistoryEntry>): HistoryEntry => ({
  seq,
  atMs: seq,
  run: 1,
  type,
  details: {},
  ...rest,
})

test('each change says what it was before and what made it', () => {
  const changes = dataChanges([
    fact(1, 'created', { by: 'bo', details: { data: { amount: 5, note: 'a' } } }),
    fact(2, 'closed', { by: 'ana', step: 1, node: 'review', details: { data: { amount: 7, note: 'a' } } }),
    fact(3, 'data', { by: 'root', details: { data: { note: 'b' } } }),
    fact(4, 'data', { details: { data: { stage: 'paid' } } }),
  ])
  expect(changes.map(({ cause, names }) => ({ cause, names }))).toEqual([
    {
      cause: 'start',
      names: [
        { name: 'amount', to: 5 },
        { name: 'note', to: 'a' },
      ],
    },
    { cause: 'step', names: [{ name: 'amount', from: 5, to: 7 }] },
    { cause: 'person', names: [{ name: 'note', from: 'a', to: 'b' }] },
    { cause: 'code', names: [{ name: 'stage', to: 'paid' }] },
  ])
})

test('a fact whose data is as before is no change', () => {
  const changes = dataChanges([
    fact(1, 'created', { details: { data: { order: { id: 1 } } } }),
    fact(2, 'closed', { step: 1, details: { data: { order: { id: 1 } } } }),
  ])
  expect(changes.map(({ seq }) => seq)).toEqual([1])
})
