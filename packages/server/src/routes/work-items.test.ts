import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestServer, REVIEW, startReview, syncModel, type TestServer } from '../server.fixture.ts'

let server: TestServer
beforeAll(async () => {
  server = await openTestServer()
  await syncModel(server, REVIEW)
})
afterAll(() => server.close())

interface Inbox {
  readonly items: readonly { readonly id: string; readonly because: string; readonly status: string }[]
}
const inbox = async (user: string, view: string) => (await server.call<Inbox>(user, `GET /api/v1/inbox?view=${view}&limit=500`)).body.items
const ids = async (user: string, view: string) => (await inbox(user, view)).map((item) => item.id)
const act = (user: string, item: string, action: string, body: object = {}) =>
  server.call<{ code?: string; detail?: string; status?: unknown }>(user, `POST /api/v1/work-items/${item}/${action}`, { body })

test('an item is in the inbox of those it is offered to, with why they see it, and in nobody else’s', async () => {
  const { item } = await startReview(server, 'bo')
  expect(await inbox('ana', 'groups')).toContainEqual(expect.objectContaining({ id: item, because: 'group:editors' }))
  expect(await ids('bo', 'open')).not.toContain(item)
  expect(await ids('bo', 'started')).toContain(item)
  expect(await ids('edith', 'open')).not.toContain(item)
  expect(await ids('oscar', 'all')).toContain(item)
  expect(await server.call('bo', 'GET /api/v1/inbox?view=all')).toMatchObject({ status: 403 })
  expect((await server.call('ana', 'GET /api/v1/inbox/counts')).body).toMatchObject({ groups: (await ids('ana', 'groups')).length })
})

test('a person reads what they may decide, with routes and what they may do; a stranger finds nothing and can do nothing', async () => {
  const { item } = await startReview(server, 'bo')
  const read = await server.call('ana', `GET /api/v1/work-items/${item}`)
  expect(read.body).toMatchObject({ title: 'Look at /content/home', routes: [{ name: 'approve' }, { name: 'reject' }] })
  expect(read.body.can).toEqual(expect.arrayContaining(['complete', 'claim', 'comment']))
  expect(await server.call('edith', `GET /api/v1/work-items/${item}`)).toMatchObject({ status: 404 })
  for (const [action, body] of [
    ['claim', {}],
    ['complete', { route: 'approve' }],
    ['comments', { text: 'x' }],
    ['delegate', { to: 'edith' }],
  ] as const) {
    expect(await act('edith', item, action, body)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
  }
  expect((await server.call('bo', `GET /api/v1/work-items/${item}`)).body.can).not.toContain('complete')
  expect(await act('bo', item, 'complete', { route: 'approve' })).toMatchObject({ status: 403, body: { code: 'NOT_CANDIDATE' } })
})

test('of two who press at once one wins and the other is told who was faster', async () => {
  await server.call('ada', 'PUT /api/v1/groups/editors', { body: { members: ['ana', 'edith'] } })
  const { item } = await startReview(server, 'bo')
  const [first, second] = await Promise.all([act('ana', item, 'claim'), act('edith', item, 'claim')])
  expect(new Set([first.status, second.status])).toEqual(new Set([200, 409]))
  const lost = first.status === 409 ? first : second
  const winner = first.status === 409 ? 'edith' : 'ana'
  expect(lost.body).toMatchObject({ code: 'ITEM_CLAIMED', detail: expect.stringContaining(winner) })
})

test('a thousand completions of one item: one goes through, the others are told', async () => {
  const { item, id } = await startReview(server, 'bo')
  const answers = await Promise.all(Array.from({ length: 1000 }, () => act('ana', item, 'complete', { route: 'approve' })))
  expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
  expect(answers.filter((answer) => answer.status === 409)).toHaveLength(999)
  const history = await server.call<{ items: readonly { type: string; step?: number }[] }>('bo', `GET /api/v1/instances/${id}/history`)
  expect(history.body.items.filter((entry) => entry.type === 'closed' && item === `${id}.${entry.step}`)).toHaveLength(1)
})

test('a decision on an item that changed since it was read is refused', async () => {
  const { item } = await startReview(server, 'bo')
  const { version } = (await server.call<{ version: number }>('ana', `GET /api/v1/work-items/${item}`)).body
  await act('ana', item, 'claim')
  expect(await act('ana', item, 'complete', { route: 'approve', version })).toMatchObject({ status: 409, body: { code: 'ITEM_CHANGED' } })
})

const WHEN = 'at \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC'

test('whoever comes too late is told who was first, when, and what they did', async () => {
  await server.call('ada', 'PUT /api/v1/groups/editors', { body: { members: ['ana', 'edith'] } })
  const { item } = await startReview(server, 'bo')
  const title = '"Look at /content/home"'
  const said = async (answer: ReturnType<typeof act>) => (await answer).body.detail
  const read = async () => (await server.call<{ version: number }>('ana', `GET /api/v1/work-items/${item}`)).body.version
  const version = await read()
  await act('edith', item, 'claim')
  expect(await said(act('edith', item, 'complete', { route: 'approve', version }))).toMatch(
    new RegExp(`^${title} changed since you saw it: edith claimed it ${WHEN}\\. Look again, then decide\\.$`),
  )
  expect(await said(act('ana', item, 'claim'))).toMatch(new RegExp(`^${title} is not free: edith claimed it ${WHEN}\\.`))
  const claimed = await read()
  await act('edith', item, 'delegate', { to: 'ana' })
  const late = await act('ana', item, 'complete', { route: 'approve', version: claimed })
  expect(late.body).toMatchObject({ code: 'ITEM_CHANGED', by: 'edith', atMs: expect.any(Number), version: claimed + 1 })
  expect(late.body.detail).toMatch(new RegExp(`: edith delegated it to ana ${WHEN}`))
  await act('ana', item, 'complete', { route: 'approve' })
  const lost = await act('oscar', item, 'complete', { route: 'reject' })
  expect(lost.body).toMatchObject({ code: 'STEP_CLOSED', decidedBy: 'ana', decidedAtMs: expect.any(Number), route: 'approve' })
  expect(lost.body.detail).toMatch(new RegExp(`^ana has decided ${title} already \\(approve\\), ${WHEN}\\.$`))
})

test('an item that was taken away says so, with who and why', async () => {
  const { item, id } = await startReview(server, 'bo')
  await server.call('oscar', `POST /api/v1/instances/${id}/restart`, { body: { from: 'look' } })
  await server.call('oscar', `POST /api/v1/instances/${id}/cancel`, { body: { reason: 'Wrong page' } })
  const late = await act('ana', item, 'complete', { route: 'approve' })
  expect(late.body).toMatchObject({ code: 'STEP_CLOSED' })
  expect(late.body.detail).toMatch(new RegExp(`^"Look at /content/home" was taken away ${WHEN}`))
})

test('a route is needed where there are several, must exist, and the answer lists them', async () => {
  const { item } = await startReview(server, 'bo')
  expect(await act('ana', item, 'complete')).toMatchObject({ status: 422, body: { code: 'ROUTE_REQUIRED' } })
  expect(await act('ana', item, 'complete', { route: 'aprove' })).toMatchObject({
    status: 422,
    body: { code: 'ROUTE_UNKNOWN', detail: expect.stringContaining('approve') },
  })
})

test('claimed, unclaimed, delegated to a bare name, and gone from the first inbox', async () => {
  const { item } = await startReview(server, 'bo')
  await act('ana', item, 'claim')
  expect(await ids('ana', 'mine')).toContain(item)
  await act('ana', item, 'unclaim')
  expect(await ids('ana', 'mine')).not.toContain(item)
  expect((await act('ana', item, 'delegate', { to: 'oscar', comment: 'Yours' })).status).toBe(200)
  expect(await ids('oscar', 'mine')).toContain(item)
  expect(await act('ana', item, 'delegate', { to: 'robot:9' })).toMatchObject({ status: 400, body: { pointer: '/to' } })
})

test('acting for somebody is recorded with both names', async () => {
  const { item, id } = await startReview(server, 'bo')
  const answer = await server.call('ada', `POST /api/v1/work-items/${item}/complete`, {
    body: { route: 'approve' },
    headers: { 'x-millrace-as': 'ana' },
  })
  expect(answer.status).toBe(200)
  const history = await server.call<{ items: readonly object[] }>('bo', `GET /api/v1/instances/${id}/history`)
  expect(history.body.items).toContainEqual(expect.objectContaining({ type: 'closed', by: 'ada', onBehalfOf: 'ana' }))
})

test('what is typed is kept for the person alone, and forgotten with the decision', async () => {
  const { item } = await startReview(server, 'bo')
  const draft = (user: string) => server.call(user, `GET /api/v1/work-items/${item}/draft`)
  expect((await draft('ana')).body).toBeNull()
  await server.call('ana', `PUT /api/v1/work-items/${item}/draft`, { body: { comment: 'Half a sent', answer: { reason: 'x' } } })
  expect((await draft('ana')).body).toMatchObject({ comment: 'Half a sent', answer: { reason: 'x' } })
  expect((await draft('oscar')).body).toBeNull()
  expect((await draft('edith')).status).toBe(await ids('edith', 'open').then((open) => (open.includes(item) ? 200 : 404)))
  await act('ana', item, 'complete', { route: 'approve' })
  expect((await draft('ana')).body).toBeNull()
  expect(await server.call('ana', `PUT /api/v1/work-items/${item}/draft`, { body: { comment: 'late' } })).toMatchObject({
    status: 409,
    body: { code: 'STEP_CLOSED' },
  })
})

test('an item is unread until its person opens it, for each person by themselves', async () => {
  const { item } = await startReview(server, 'bo')
  const row = async (user: string) => (await inbox(user, 'open')).find(({ id }) => id === item)
  const unread = async (user: string) => (await server.call<{ unread: number }>(user, 'GET /api/v1/inbox/counts')).body.unread
  await server.call('ada', 'PUT /api/v1/groups/editors', { body: { members: ['ana', 'edith'] } })
  const before = await unread('ana')
  expect(await row('ana')).toMatchObject({ seen: false })
  expect((await server.call('ana', `PUT /api/v1/work-items/${item}/seen`)).status).toBe(204)
  expect(await row('ana')).toMatchObject({ seen: true })
  expect(await unread('ana')).toBe(before - 1)
  expect(await row('edith')).toMatchObject({ seen: false })
  await act('edith', item, 'claim')
  await act('edith', item, 'unclaim')
  expect(await row('ana')).toMatchObject({ seen: false })
  expect((await server.call('oscar', `PUT /api/v1/work-items/${item}0/seen`)).status).toBe(404)
  const { item: foreign } = await startReview(server, 'oscar')
  await server.call('ada', 'PUT /api/v1/groups/editors', { body: { members: ['ana'] } })
  expect((await server.call('bo', `PUT /api/v1/work-items/${foreign}/seen`)).status).toBe(404)
})
