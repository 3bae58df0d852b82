import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Answer, openTestServer, PASSWORD, type TestServer } from '../server.fixture.ts'

let server: TestServer
beforeEach(async () => {
  server = await openTestServer()
})
afterEach(() => server.close())

const signIn = (user: string, password = PASSWORD) =>
  server.call<{ csrf: string; code?: string; detail?: string }>(undefined, 'POST /api/v1/session', { body: { user, password } })

const cookieOf = (answer: Answer<unknown>): string => String(answer.headers['set-cookie']).split(';', 1)[0] ?? ''

const me = (headers: { readonly [name: string]: string }) =>
  server.call<{ user: string; via: string }>(undefined, 'GET /api/v1/me', { headers })

test('the right password opens a session by a cookie that scripts cannot read', async () => {
  const answer = await signIn('bo')
  expect(answer.status).toBe(201)
  expect(answer.body).toMatchObject({ user: 'bo', roles: ['member'], via: 'session', csrf: expect.stringMatching(/^[\w-]{43}$/) })
  expect(String(answer.headers['set-cookie'])).toMatch(/^millrace_session=[\w-]{43}; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Lax$/)
  expect((await me({ cookie: cookieOf(answer) })).body).toMatchObject({ user: 'bo', via: 'session' })
})

test('behind https the cookie is Secure', async () => {
  await server.close()
  server = await openTestServer({ trustProxy: true })
  const answer = await server.call(undefined, 'POST /api/v1/session', {
    body: { user: 'bo', password: PASSWORD },
    headers: { 'x-forwarded-proto': 'https' },
  })
  expect(String(answer.headers['set-cookie'])).toContain('; Secure')
})

test('wrong password, unknown user and inactive user are one answer', async () => {
  await server.call('ada', 'PATCH /api/v1/users/bo', { body: { isActive: false } })
  const [wrong, unknown, inactive] = [await signIn('ana', 'wrong horse'), await signIn('zoe'), await signIn('bo')]
  const { instance: _a, ...first } = wrong.body as Record<string, unknown>
  for (const other of [unknown, inactive]) {
    const { instance: _b, ...rest } = other.body as Record<string, unknown>
    expect({ status: other.status, rest }).toEqual({ status: 401, rest: first })
  }
})

test('guessing is stopped, says when to go on, and does not lock out others or succeed later', async () => {
  for (let n = 0; n < 5; n++) expect((await signIn('ana', 'wrong horse')).status).toBe(401)
  const stopped = await signIn('ana')
  expect(stopped).toMatchObject({ status: 429, headers: { 'retry-after': '300' }, body: { code: 'RATE_LIMITED' } })
  expect((await signIn('bo')).status).toBe(201)
  server.advance(300_000)
  expect((await signIn('ana')).status).toBe(201)
})

test('fifty guesses at once are no better than fifty in a row', async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, () => signIn('ana', 'wrong horse')))
  expect(answers.filter((answer) => answer.status === 401)).toHaveLength(5)
})

test('a write by cookie needs the CSRF token of that session; a read does not', async () => {
  const [mine, other] = [await signIn('bo'), await signIn('ana')]
  const cookie = cookieOf(mine)
  const save = (headers: { readonly [name: string]: string }) =>
    server.call(undefined, 'PUT /api/v1/me/preferences', { body: { theme: 'dark' }, headers: { cookie, ...headers } })
  expect(await save({})).toMatchObject({ status: 403, body: { code: 'CSRF' } })
  expect(await save({ 'x-csrf-token': other.body.csrf })).toMatchObject({ status: 403, body: { code: 'CSRF' } })
  expect(await save({ 'x-csrf-token': mine.body.csrf })).toMatchObject({ status: 200, body: { theme: 'dark' } })
  expect((await server.call(undefined, 'GET /api/v1/me/preferences', { headers: { cookie } })).body).toEqual({ theme: 'dark' })
})

test('signing out ends the session at once', async () => {
  const answer = await signIn('bo')
  const headers = { cookie: cookieOf(answer), 'x-csrf-token': answer.body.csrf }
  expect((await server.call(undefined, 'DELETE /api/v1/session', { headers })).status).toBe(204)
  expect((await me(headers)).status).toBe(401)
})

test('a session ends after 14 days', async () => {
  const headers = { cookie: cookieOf(await signIn('bo')) }
  server.advance(14 * 86_400_000 - 1_000)
  expect((await me(headers)).status).toBe(200)
  server.advance(2_000)
  expect((await me(headers)).status).toBe(401)
})

test('a new password ends every other session, and the old password', async () => {
  const [here, elsewhere] = [await signIn('bo'), await signIn('bo')]
  const headers = { cookie: cookieOf(here), 'x-csrf-token': here.body.csrf }
  const change = (current: string, next: string) => server.call(undefined, 'POST /api/v1/me/password', { body: { current, next }, headers })
  expect(await change('not it at all', 'a new long password')).toMatchObject({ status: 401 })
  expect(await change(PASSWORD, 'short')).toMatchObject({ status: 400, body: { pointer: '/next' } })
  expect((await change(PASSWORD, 'a new long password')).status).toBe(204)
  expect((await me(headers)).status).toBe(200)
  expect((await me({ cookie: cookieOf(elsewhere) })).status).toBe(401)
  expect((await signIn('bo')).status).toBe(401)
  expect((await signIn('bo', 'a new long password')).status).toBe(201)
})

test('a token stops working the moment it is revoked, its user is made inactive, or it expires', async () => {
  const make = async (body: object) =>
    (await server.call<{ token: { id: string }; secret: string }>('bo', 'POST /api/v1/tokens', { body })).body
  const [revoked, expiring] = [await make({ name: 'a' }), await make({ name: 'b', expiresInDays: 1 })]
  expect(revoked.secret).toMatch(/^mr_[\w-]{43}$/)
  const asked = async (secret: string) => (await me({ authorization: `Bearer ${secret}` })).status
  expect(await asked(revoked.secret)).toBe(200)
  await server.call('bo', `DELETE /api/v1/tokens/${revoked.token.id}`)
  expect(await asked(revoked.secret)).toBe(401)
  expect(await asked(expiring.secret)).toBe(200)
  await server.call('ada', 'PATCH /api/v1/users/bo', { body: { isActive: false } })
  expect(await asked(expiring.secret)).toBe(401)
  await server.call('ada', 'PATCH /api/v1/users/bo', { body: { isActive: true } })
  expect(await asked(expiring.secret)).toBe(200)
  server.advance(86_400_001)
  expect(await asked(expiring.secret)).toBe(401)
})

test('nothing that is stored would let a thief of the database in', async () => {
  const answer = await signIn('bo')
  const secret = cookieOf(answer).split('=')[1] ?? ''
  const stored = JSON.stringify([await server.store.people.user('bo'), await server.store.people.tokens()])
  expect(stored).not.toContain(PASSWORD)
  expect(stored).not.toContain(server.tokens.bo)
  expect(await server.store.people.session(secret)).toBeUndefined()
})

test('an administrator acts for somebody with that person’s rights, and the history says so; nobody else may', async () => {
  const as = { 'x-millrace-as': 'bo' }
  expect((await server.call('ada', 'GET /api/v1/me', { headers: as })).body).toMatchObject({
    user: 'bo',
    roles: ['member'],
    actingAdministrator: 'ada',
  })
  expect(await server.call('ada', 'GET /api/v1/users', { headers: as })).toMatchObject({ status: 403 })
  expect(await server.call('oscar', 'GET /api/v1/me', { headers: as })).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } })
  expect(await server.call('ada', 'GET /api/v1/me', { headers: { 'x-millrace-as': 'zoe' } })).toMatchObject({ status: 404 })
})

test('a broken Authorization is not overruled by a good cookie', async () => {
  const cookie = cookieOf(await signIn('bo'))
  expect((await me({ cookie, authorization: 'Bearer mr_wrong' })).status).toBe(401)
  expect((await me({ cookie, authorization: 'Basic Ym86eA==' })).status).toBe(401)
})
