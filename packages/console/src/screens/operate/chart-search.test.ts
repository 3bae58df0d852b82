import { expect, test } from 'vitest'
import { instanceQueryOf, readInstancesSearch } from '../instance/instances-search.ts'
import { queryOf, readInboxSearch } from '../work-item/inbox-search.ts'
import { agesSearch, daySearch } from './chart-search.ts'

const AT_MS = Date.UTC(2027, 0, 13, 12)
const HOUR_MS = 3_600_000

test('the bar of an age is the inbox between two times of opening, which its address keeps', () => {
  const asked = (age: { readonly fromMs: number; readonly toMs?: number }, workflow?: string) =>
    queryOf('all', readInboxSearch({ ...agesSearch(age, { atMs: AT_MS, ...(workflow === undefined ? {} : { workflow }) }) }))
  expect(asked({ fromMs: 0, toMs: HOUR_MS })).toEqual({ view: 'all', createdFrom: '2027-01-13T11:00:00.000Z' })
  expect(asked({ fromMs: HOUR_MS, toMs: 4 * HOUR_MS }, 'pay')).toEqual({
    view: 'all',
    workflow: 'pay',
    createdFrom: '2027-01-13T08:00:00.000Z',
    createdTo: '2027-01-13T11:00:00.000Z',
  })
  expect(asked({ fromMs: 4 * HOUR_MS })).toEqual({ view: 'all', createdTo: '2027-01-13T08:00:00.000Z' })
})

test('the bar of a day is the list of instances that started, or ended so, within it', () => {
  const day = { fromMs: AT_MS, toMs: AT_MS + 24 * HOUR_MS }
  const asked = (count: 'started' | 'failed', workflow?: string) =>
    instanceQueryOf(readInstancesSearch({ ...daySearch(count, { ...day, workflow }) }))
  expect(asked('started')).toEqual({ createdFrom: '2027-01-13T12:00:00.000Z', createdTo: '2027-01-14T12:00:00.000Z' })
  expect(asked('failed', 'pay')).toEqual({
    workflow: 'pay',
    status: ['FAILED'],
    endedFrom: '2027-01-13T12:00:00.000Z',
    endedTo: '2027-01-14T12:00:00.000Z',
  })
})

test('an address with something else for a time is read without it', () => {
  expect(readInboxSearch({ createdFrom: 'yesterday', createdTo: '2027-01-13' })).toEqual({})
  expect(readInboxSearch({ createdFrom: '2027-01-13T12:00:00+01:00' })).toEqual({ createdFrom: '2027-01-13T12:00:00+01:00' })
})
