import { expect, test } from 'vitest'
import { rightsOf } from '../rights.ts'
import { placeOf } from './rail-items.ts'

test('an address belongs to its place, with everything below it', () => {
  expect(placeOf('/operate')?.text).toBe('operate')
  expect(placeOf('/users')?.text).toBe('users')
  expect(placeOf('/instances/i-42')?.text).toBe('instances')
  expect(placeOf('/')?.text).toBe('home')
  expect(placeOf('/usersandmore')).toBeUndefined()
  expect(placeOf('/preferences')).toBeUndefined()
})

test('a place is for whoever has its role', () => {
  const isFor = (path: string, ...roles: readonly ('member' | 'operator' | 'administrator')[]) =>
    placeOf(path)?.isFor(rightsOf({ roles: [...roles] }))
  expect(isFor('/operate', 'member')).toBe(false)
  expect(isFor('/operate', 'operator')).toBe(true)
  expect(isFor('/users', 'operator')).toBe(false)
  expect(isFor('/users', 'administrator')).toBe(true)
})
