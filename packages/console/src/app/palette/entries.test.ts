import { expect, test } from 'vitest'
import { addressOf, type Entry, pick, rank } from './entries.ts'

const entry = (group: Entry['group'], title: string): Entry => ({ id: title, group, title, run: () => {} })

test('a beginning beats the beginning of a word beats a middle', () => {
  expect([rank('Inbox', 'in'), rank('My inbox', 'in'), rank('Training', 'in'), rank('Locks', 'in')]).toEqual([3, 2, 1, 0])
})

test('what answers comes by group, then by how well; what the server found is never dropped', () => {
  const entries = [
    entry('places', 'Inbox'),
    entry('actions', 'Claim'),
    entry('places', 'Incidents'),
    entry('found', 'Publish home'),
    entry('start', 'Indexing'),
  ]
  expect(pick(entries, 'in', 10).map(({ title }) => title)).toEqual(['Publish home', 'Inbox', 'Incidents', 'Indexing'])
  expect(pick(entries, 'cl', 10).map(({ title }) => title)).toEqual(['Claim', 'Publish home'])
  expect(pick(entries, '', 2)).toHaveLength(2)
})

test('every noun that can be found has an address, and an id cannot break out of it', () => {
  expect(addressOf({ noun: 'user', id: 'a&b=c' }, { administers: true })).toBe('/users?user=a%26b%3Dc')
  expect(addressOf({ noun: 'model', id: '../x' }, { administers: false })).toBe('/models/..%2Fx')
  expect(addressOf({ noun: 'lock', id: 'printer/2' }, { administers: false })).toBe('/locks?name=printer%2F2')
})

test('a person leads to their page for who administers people, and to what they started for everybody else', () => {
  expect(addressOf({ noun: 'user', id: 'ana' }, { administers: false })).toBe('/instances?tab=all&initiator=ana')
})
