import { expect, test } from 'vitest'
import { commonRoutes } from './common-routes.ts'

const form = { type: 'object', properties: { reason: { type: 'string' } } }
const item = (routes: readonly object[], rest: object = {}) => ({ can: ['complete'], routes, ...rest }) as never
const names = (...items: never[]) => commonRoutes(items).map(({ name }) => name)
const route = (name: string, rest: object = {}) => ({ name, label: name, ...rest })

test('one press may take only the routes that every chosen item has', () => {
  expect(names(item([route('approve'), route('reject')]), item([route('reject'), route('later')]))).toEqual(['reject'])
})

test('a route that wants words of its own for each item is not for many at once', () => {
  expect(names(item([route('approve'), route('reject', { commentRequired: true }), route('return', { form })]))).toEqual(['approve'])
  expect(names(item([route('approve')], { form }))).toEqual([])
})

test('items with one way on have "done" in common; with others they have nothing', () => {
  expect(names(item([]), item([]))).toEqual([''])
  expect(names(item([]), item([route('approve')]))).toEqual([])
})

test('an item that is not the reader’s to decide, or was taken meanwhile, is left out and rules out nothing', () => {
  expect(names(item([route('approve')]), item([route('reject')], { can: ['comment'] }))).toEqual(['approve'])
  expect(names(item([route('approve')], { can: [] }))).toEqual([])
})
