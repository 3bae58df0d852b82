import { type Access, API_BASE, listRoutes, type Role } from '@millrace/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestServer, type TestServer } from '../server.fixture.ts'

let server: TestServer
beforeAll(async () => {
  server = await openTestServer()
})
afterAll(() => server.close())

/** Written by hand, not taken from the policy: this table is what we promise. */
const MAY_CALL: { readonly [A in Access]: readonly (Role | 'none' | 'nobody')[] } = {
  public: ['nobody', 'none', 'member', 'editor', 'operator', 'administrator'],
  member: ['member', 'editor', 'operator', 'administrator'],
  editor: ['editor', 'administrator'],
  operator: ['operator', 'administrator'],
  staff: ['editor', 'operator', 'administrator'],
  administrator: ['administrator'],
}

const WHO: { readonly [role: string]: string | undefined } = {
  nobody: undefined,
  none: 'nora',
  member: 'bo',
  editor: 'edith',
  operator: 'oscar',
  administrator: 'ada',
}

/** What each noun is for, so that a route that is opened to more people by mistake is seen here and not in production. */
const EXPECTED: { readonly [route: string]: Access } = {
  'POST /session': 'public',
  'POST /callbacks/:token': 'public',
  'GET /users': 'administrator',
  'POST /users': 'administrator',
  'PATCH /users/:name': 'administrator',
  'POST /users/:name/password': 'administrator',
  'PUT /groups/:name': 'administrator',
  'DELETE /groups/:name': 'administrator',
  'POST /backups': 'administrator',
  'POST /models': 'editor',
  'PUT /models/:id': 'editor',
  'DELETE /models/:id': 'editor',
  'POST /models/:id/sync': 'editor',
  'POST /workflows/:id/sync': 'editor',
  'POST /instances/:id/suspend': 'operator',
  'POST /instances/:id/terminate': 'operator',
  'POST /instances/:id/restart': 'operator',
  'POST /instances/:id/retry': 'operator',
  'POST /instances/:id/skip': 'operator',
  'PATCH /instances/:id/data': 'operator',
  'POST /messages': 'operator',
  'GET /incidents': 'operator',
  'GET /locks': 'operator',
  'GET /doctor': 'operator',
  'POST /doctor/repair': 'operator',
}

const all = listRoutes().map(({ route }) => route)

test('what only some may do is so in the route table', () => {
  const actual = Object.fromEntries(all.map((route) => [`${route.method} ${route.path}`, route.access]))
  expect(actual).toMatchObject(EXPECTED)
  expect(all.filter((route) => route.access === 'public').map((route) => `${route.method} ${route.path}`)).toEqual([
    'POST /callbacks/:token',
    'GET /session',
    'POST /session',
  ])
})

describe.each(all.map((route) => [`${route.method} ${route.path}`, route] as const))('%s', (_name, route) => {
  test.each(Object.keys(WHO))('as %s', async (role) => {
    const may = MAY_CALL[route.access].includes(role as Role)
    // Without a body: whoever is let in is told what is missing, which is how we know without changing anything. A stream would not end.
    if (may && route.streams !== undefined) return
    const path = API_BASE + route.path.replace(/:\w+/g, 'nothing')
    const body = route.method === 'GET' || route.body === undefined ? {} : { body: 'not an object' }
    const headers = 'body' in body ? { headers: { 'content-type': 'application/json' } } : {}
    const answer = await server.call<{ code?: string; detail?: string }>(WHO[role], `${route.method} ${path}`, {
      ...('body' in body ? { body: '"x"' } : {}),
      ...headers,
    })
    const isRefused = answer.status === 401 || (answer.status === 403 && answer.body.detail?.includes('needs the role') === true)
    expect({ isRefused, status: answer.status }).toEqual({ isRefused: !may, status: expect.any(Number) })
    if (role === 'nobody' && !may)
      expect(answer).toMatchObject({ status: 401, headers: { 'www-authenticate': expect.stringContaining('Bearer') } })
    if (may) expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(500)
  })
})
