import { expect, test } from 'vitest'
import { z } from 'zod'
import { ERRORS } from '../error.ts'
import { InstanceQuery } from './instance.ts'
import { listRoutes } from './list-routes.ts'

const all = listRoutes().map(({ route }) => route)

test('no two entries answer the same method and path', () => {
  const shapes = all.map((route) => `${route.method} ${route.path.replace(/:\w+/g, ':')}`)
  expect(shapes.filter((shape, at) => shapes.indexOf(shape) !== at)).toEqual([])
})

test('every parameter of a path has a schema, and no schema names another', () => {
  for (const route of all) {
    const inPath = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1])
    expect(Object.keys(route.params?.shape ?? {}), `${route.method} ${route.path}`).toEqual(inPath)
  }
})

test('a GET never takes a body, since GET never changes state', () => {
  expect(all.filter((route) => route.method === 'GET' && route.body !== undefined)).toEqual([])
})

test('every entry says how it succeeds, and names only codes of the catalogue', () => {
  for (const route of all) {
    expect(
      Object.keys(route.answers).filter((status) => /^2\d\d$/.test(status)),
      route.path,
    ).toHaveLength(1)
    expect((route.errors ?? []).filter((code) => !(code in ERRORS))).toEqual([])
  }
})

test('every schema can be shown as JSON Schema, so the API reference is whole', () => {
  for (const route of all) {
    const given = [route.query, route.body].flatMap((schema) => (schema === undefined ? [] : z.toJSONSchema(schema, { io: 'input' })))
    const answered = Object.values(route.answers).flatMap((schema) => (schema === null ? [] : z.toJSONSchema(schema)))
    expect([...given, ...answered].every((schema) => typeof schema === 'object')).toBe(true)
  }
})

test('a body that would be silently half understood is refused: unknown names are errors', () => {
  const open = all.filter((route) => route.body instanceof z.ZodObject && route.body.safeParse({ noSuchName: 1 }).success)
  expect(open).toEqual([])
})

test('the status filter takes the words of AEM, Appsmith and Cloudify, repeated or with commas', () => {
  expect(InstanceQuery.parse({ status: 'running,terminated' }).status).toEqual(['RUNNING', 'COMPLETED'])
  expect(InstanceQuery.parse({ status: ['cancelled', 'In progress', 'started'] }).status).toEqual(['ABORTED', 'RUNNING'])
})

test('an unknown status is named beside those that exist', () => {
  expect(InstanceQuery.safeParse({ status: 'runing' }).error?.issues[0]?.message).toMatch(/No status "runing"\. Use SCHEDULED, .*cancelled/)
  expect(InstanceQuery.safeParse({ status: 'stale' }).error?.issues[0]?.message).toMatch(/computed.*doctor/)
})
