import { expect, test } from 'vitest'
import { readInstanceSearch } from './instance-search.ts'

test('a link says tab, step, part and time window', () => {
  expect(readInstanceSearch({ tab: 'history', step: 4, part: 'log', from: 1_000, to: 2_000 })).toEqual({
    tab: 'history',
    step: 4,
    part: 'log',
    from: 1_000,
    to: 2_000,
  })
})

test('what no page knows is dropped: unknown tabs, steps that are none, windows that end before they begin', () => {
  expect(readInstanceSearch({ tab: 'run', step: '-1', part: 'x', from: 5, to: 4, evil: '<b>' })).toEqual({})
  expect(readInstanceSearch({ tab: { a: 1 }, step: '1e3', from: 5 })).toEqual({})
})
