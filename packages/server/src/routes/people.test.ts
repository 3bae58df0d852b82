import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestServer, type TestServer } from '../server.fixture.ts'

let server: TestServer
beforeAll(async () => {
  server = await openTestServer()
})
afterAll(() => server.close())

const ada = <T = Record<string, unknown>>(request: string, body?: object) =>
  server.call<T>('ada', request, body === undefined ? {} : { body })

test('a user is created with a password that is said once, changed, and never shown with its hash', async () => {
  const made = await ada<{ user: object; password: string }>('POST /api/v1/users', {
    name: 'cleo',
    displayName: 'Cleo',
    email: 'cleo@example.org',
    groups: ['editors'],
  })
  expect(made).toMatchObject({ status: 201, body: { user: { name: 'cleo', roles: ['member'], groups: ['editors'], isActive: true } } })
  expect(JSON.stringify([made.body, (await ada('GET /api/v1/users/cleo')).body, (await ada('GET /api/v1/users')).body])).not.toContain(
    'argon2',
  )
  const signIn = (password: string) => server.call(undefined, 'POST /api/v1/session', { body: { user: 'Cleo', password } })
  expect((await signIn(made.body.password)).status).toBe(201)
  expect((await ada('PATCH /api/v1/users/cleo', { email: null, roles: ['editor'], groups: [] })).body).toMatchObject({
    roles: ['editor'],
    groups: [],
  })
  expect((await ada('GET /api/v1/users/cleo')).body).not.toHaveProperty('email')
  const reset = await ada<{ password: string }>('POST /api/v1/users/cleo/password')
  expect((await signIn(made.body.password)).status).toBe(401)
  expect((await signIn(reset.body.password)).status).toBe(201)
  expect(await ada('POST /api/v1/users', { name: 'cleo' })).toMatchObject({ status: 409, body: { code: 'EXISTS' } })
  expect(await ada('POST /api/v1/users', { name: 'Not a name' })).toMatchObject({ status: 400, body: { pointer: '/name' } })
  expect(await ada('PATCH /api/v1/users/cleo', { groups: ['nothing'] })).toMatchObject({ status: 404 })
})

test('the last administrator can be neither demoted nor made inactive', async () => {
  expect(await ada('PATCH /api/v1/users/ada', { roles: ['member'] })).toMatchObject({ status: 409, body: { code: 'LAST_ADMINISTRATOR' } })
  expect(await ada('PATCH /api/v1/users/ada', { isActive: false })).toMatchObject({ status: 409 })
  await ada('PATCH /api/v1/users/oscar', { roles: ['administrator'] })
  expect((await ada('PATCH /api/v1/users/ada', { displayName: 'Ada L.' })).status).toBe(200)
  await ada('PATCH /api/v1/users/oscar', { roles: ['operator'] })
})

test('a changed role counts from the next request on', async () => {
  expect((await server.call('bo', 'GET /api/v1/incidents')).status).toBe(403)
  await ada('PATCH /api/v1/users/bo', { roles: ['operator'] })
  expect((await server.call('bo', 'GET /api/v1/incidents')).status).toBe(200)
  await ada('PATCH /api/v1/users/bo', { roles: ['member'] })
  expect((await server.call('bo', 'GET /api/v1/incidents')).status).toBe(403)
})

test('a change made past the API counts at once too', async () => {
  expect((await server.call('bo', 'GET /api/v1/incidents')).status).toBe(403)
  await server.store.people.setRoles('default', 'bo', ['operator'], 'test')
  expect((await server.call('bo', 'GET /api/v1/incidents')).status).toBe(200)
  await server.store.people.setRoles('default', 'bo', ['member'], 'test')
})

test('groups are saved whole, know their members, and are deleted', async () => {
  expect((await ada('PUT /api/v1/groups/press', { title: 'Press', members: ['bo', 'bo'] })).body).toEqual({
    name: 'press',
    title: 'Press',
    members: ['bo'],
  })
  expect((await server.call('bo', 'GET /api/v1/me')).body).toMatchObject({ groups: ['press'] })
  expect(await ada('PUT /api/v1/groups/press', { members: ['zoe'] })).toMatchObject({ status: 404, body: { unknown: ['zoe'] } })
  expect((await ada('PUT /api/v1/groups/a:b', { members: [] })).status).toBe(400)
  expect((await ada('DELETE /api/v1/groups/press')).status).toBe(204)
  expect((await ada('GET /api/v1/groups/press')).status).toBe(404)
})

test('everyone finds people by name to hand work to, and learns nothing more of them', async () => {
  const found = await server.call<{ items: readonly object[] }>('bo', 'GET /api/v1/people?search=ED')
  expect(found.body.items).toEqual([
    { principal: 'user:edith', title: 'EDITH' },
    { principal: 'group:editors', title: 'editors' },
  ])
})

test('lists of people are paged without gaps while rows come and go', async () => {
  const first = await ada<{ items: readonly { name: string }[]; next: string }>('GET /api/v1/users?limit=2')
  await ada('POST /api/v1/users', { name: 'aaa' })
  const second = await ada<{ items: readonly { name: string }[] }>(`GET /api/v1/users?limit=500&cursor=${first.body.next}`)
  const names = [...first.body.items, ...second.body.items].map((user) => user.name)
  expect(names).toEqual([...new Set(names)].toSorted())
  expect(await ada('GET /api/v1/users?cursor=AAAA')).toMatchObject({ status: 400 })
})

test('people see and make tokens of their own; only administrators those of others', async () => {
  expect(await server.call('bo', 'POST /api/v1/tokens', { body: { name: 'x', user: 'ana' } })).toMatchObject({ status: 403 })
  expect(await server.call('bo', 'GET /api/v1/tokens?user=ana')).toMatchObject({ status: 403 })
  const made = await ada<{ token: { id: string } }>('POST /api/v1/tokens', { name: 'robot', user: 'ana' })
  expect(await server.call('bo', `DELETE /api/v1/tokens/${made.body.token.id}`)).toMatchObject({ status: 404 })
  const listed = await ada<{ items: readonly object[] }>('GET /api/v1/tokens?user=*&limit=500')
  expect(JSON.stringify(listed.body)).not.toMatch(/hash|mr_/)
  expect(listed.body.items).toContainEqual(expect.objectContaining({ user: 'ana', name: 'robot' }))
})
