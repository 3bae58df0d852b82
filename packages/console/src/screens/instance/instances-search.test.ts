import { expect, test } from 'vitest'
import { countOfTab, instanceQueryOf, readInstancesSearch } from './instances-search.ts'

test('an address from anywhere is read as far as it makes sense', () => {
  expect(
    readInstancesSearch({ tab: 'nonsense', sort: 'created', version: 3, workflow: 'refund', data: { amount: 10, bad: [1] }, x: 'y' }),
  ).toEqual({
    sort: 'created',
    version: '3',
    workflow: 'refund',
    data: { amount: '10' },
  })
  expect(readInstancesSearch({ data: ['a'] })).toEqual({})
})

test('a tab asks for its statuses; a filter on status goes before it', () => {
  expect(instanceQueryOf({})).toEqual({ status: ['RUNNING', 'QUEUED', 'SUSPENDED', 'SCHEDULED', 'CANCELLING'] })
  expect(instanceQueryOf({ tab: 'incidents' })).toMatchObject({ incident: true })
  expect(instanceQueryOf({ tab: 'all' })).toEqual({})
  expect(instanceQueryOf({ tab: 'open', status: 'FAILED,ABORTED' })).toEqual({ status: ['FAILED', 'ABORTED'] })
})

test('a value of data is a number where it looks like one, and text in quotes', () => {
  expect(instanceQueryOf({ tab: 'all', data: { 'order.amount': '10', code: '"10"', name: 'Ana', ok: 'true', broken: '{' } })).toEqual({
    data: { 'order.amount': 10, code: '10', name: 'Ana', ok: true, broken: '{' },
  })
})

test('tabs count what their list would show', () => {
  const counts = { byStatus: { RUNNING: 5, QUEUED: 2, SCHEDULED: 1, COMPLETED: 9 }, incidents: 3 }
  expect((['open', 'incidents', 'queued', 'completed', 'failed', 'all'] as const).map((tab) => countOfTab(tab, counts))).toEqual([
    8, 3, 3, 9, 0, 17,
  ])
})
