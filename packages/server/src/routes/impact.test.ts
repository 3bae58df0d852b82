import type { Impact } from '@millrace/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestServer, REVIEW, startReview, syncModel, type TestServer } from '../server.fixture.ts'

let server: TestServer
beforeAll(async () => {
  server = await openTestServer({ keptIn: 'sqlite' })
  await syncModel(server, REVIEW)
})
afterAll(() => server.close())

const impact = (user = 'edith', id = 'review') => server.call<Impact>(user, `GET /api/v1/models/${id}/impact`)
const save = async (text: string) => {
  const { body } = await server.call<{ draft: { etag: string } }>('edith', 'GET /api/v1/models/review')
  const answer = await server.call('edith', 'PUT /api/v1/models/review', { body: { text }, headers: { 'if-match': body.draft.etag } })
  expect(answer.status).toBe(200)
}
const sync = async () =>
  (await server.call<{ version: number; isNew: boolean }>('edith', 'POST /api/v1/models/review/sync', { body: {} })).body

test('an unchanged draft would make no version, and says who stays where', async () => {
  await startReview(server)
  await startReview(server)
  expect((await impact()).body).toMatchObject({
    ok: true,
    live: 1,
    version: 1,
    isNew: false,
    changes: [],
    staying: [{ version: 1, open: 2 }],
  })
  expect(await sync()).toMatchObject({ version: 1, isNew: false })
})

test('a changed draft says what changes, with which number, and which people and tasks are missing; Sync does just that', async () => {
  await server.call('ada', 'PATCH /api/v1/users/nora', { body: { isActive: false } })
  await save(`id: review
title: Review a page
payload: path
data: { amount: { type: number }, order: { type: object } }
nodes:
  - { id: look, type: participant, assign: "group:editors", title: "Look at {{ payload.path }}", routes: { approve: tell, reject: end } }
  - { id: tell, title: Tell them, type: participant, assign: "user:nora", next: ask }
  - { id: ask, title: Ask finance, type: participant, assign: ["group:finance", "group:nowhere", "user:ana"], next: push }
  - { id: push, title: Push it, type: process, task: cdn.purge, next: publish }
  - { id: publish, type: process, task: note, next: end }
`)
  const { body } = await impact()
  expect(body).toMatchObject({
    ok: true,
    live: 1,
    version: 2,
    isNew: true,
    staying: [{ version: 1, open: 2 }],
    people: [
      { principal: 'user:nora', trouble: 'inactive', nodes: [{ node: 'tell', title: 'Tell them' }] },
      { principal: 'group:finance', trouble: 'empty', nodes: [{ node: 'ask', title: 'Ask finance' }] },
      { principal: 'group:nowhere', trouble: 'unknown', nodes: [{ node: 'ask' }] },
    ],
    tasks: [{ task: 'cdn.purge', nodes: [{ node: 'push', title: 'Push it' }] }],
  })
  expect(body.changes.length).toBeGreaterThan(2)
  const diff = await server.call<{ changes: readonly object[] }>('edith', 'GET /api/v1/models/review/diff')
  expect(body.changes).toEqual(diff.body.changes)
  expect(await sync()).toMatchObject({ version: body.version, isNew: true })
  expect((await impact()).body).toMatchObject({ live: 2, version: 2, isNew: false, staying: [{ version: 1, open: 2 }] })
})

test('a draft that Sync would refuse is said to be so, with what is wrong', async () => {
  await save(`id: review
title: Review
payload: none
nodes:
  - { id: pick, type: or-split, branches: [{ when: "initiator == 'bo'", to: a }, { to: b, default: true }] }
  - { id: a, type: process, task: note, next: join }
  - { id: b, type: process, task: note, next: join }
  - { id: join, type: and-join, next: end }
`)
  const { body } = await impact()
  expect(body).toMatchObject({ ok: false, isNew: true, version: 3 })
  expect(body.soundness?.verdict).toBe('unsound')
  expect((await server.call('edith', 'POST /api/v1/models/review/sync', { body: {} })).status).toBe(422)
})

test('before the first Sync everything is new; without a draft there is nothing to sync', async () => {
  await server.call('edith', 'POST /api/v1/models', { body: { text: REVIEW.replace('id: review', 'id: fresh') } })
  const { body } = await impact('oscar', 'fresh')
  expect(body).toMatchObject({ ok: true, version: 1, isNew: true, changes: [], staying: [] })
  expect(body).not.toHaveProperty('live')
  expect((await impact('edith', 'unheard')).status).toBe(404)
  expect((await impact('bo')).status).toBe(403)
})
