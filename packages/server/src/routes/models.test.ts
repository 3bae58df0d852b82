import { hash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestServer, REVIEW, startReview, syncModel, type TestServer } from '../server.fixture.ts'

let server: TestServer
beforeAll(async () => {
  server = await openTestServer()
  await syncModel(server, REVIEW)
})
afterAll(() => server.close())

interface Draft {
  readonly id: string
  readonly etag: string
  readonly problems: readonly object[]
  readonly code?: string
}
const save = (id: string, text: string, headers: { readonly [name: string]: string }) =>
  server.call<Draft>('edith', `PUT /api/v1/models/${id}`, { body: { text }, headers })

test('a draft is created from its text, read with an ETag, and saved by whoever read it last', async () => {
  const text = REVIEW.replace('id: review', 'id: cycle')
  const created = await server.call<Draft>('edith', 'POST /api/v1/models', { body: { text } })
  expect(created).toMatchObject({ status: 201, headers: { etag: `"${created.body.etag}"`, location: '/api/v1/models/cycle' } })
  expect(await server.call('edith', 'POST /api/v1/models', { body: { text } })).toMatchObject({ status: 409, body: { code: 'EXISTS' } })

  const changed = text.replace('Review a page', 'Review one page')
  expect(await save('cycle', changed, {})).toMatchObject({ status: 428, body: { code: 'ETAG_REQUIRED' } })
  const saved = await save('cycle', changed, { 'if-match': `"${created.body.etag}"` })
  expect(saved.status).toBe(200)
  expect(await save('cycle', text, { 'if-match': `"${created.body.etag}"` })).toMatchObject({
    status: 412,
    body: { code: 'STALE_ETAG', updatedBy: 'edith' },
  })
  expect(await save('cycle', changed, { 'if-match': `"${created.body.etag}"` })).toMatchObject({
    status: 200,
    body: { etag: saved.body.etag },
  })
  expect(await save('cycle', text, { 'if-none-match': '*' })).toMatchObject({ status: 412 })
  expect(await save('other', changed, { 'if-none-match': '*' })).toMatchObject({
    status: 422,
    body: { code: 'MODEL_INVALID', detail: expect.stringContaining('cycle') },
  })
})

test('an unfinished draft is kept with its problems; Sync refuses it with line and column', async () => {
  const created = await server.call<Draft>('edith', 'POST /api/v1/models', {
    body: { text: 'id: half\nnodes:\n  - { id: a, type: participnt, next: end }\n' },
  })
  expect(created).toMatchObject({
    status: 201,
    body: { problems: [expect.objectContaining({ severity: 'error', line: 3, column: expect.any(Number) })] },
  })
  const sync = await server.call('edith', 'POST /api/v1/models/half/sync')
  expect(sync).toMatchObject({ status: 422, body: { code: 'MODEL_INVALID', problems: [expect.objectContaining({ line: 3 })] } })
  expect((await server.call('edith', 'POST /api/v1/models/half/check')).body).toMatchObject({ ok: false })
  expect((await server.call('edith', 'POST /api/v1/models/check', { body: { text: REVIEW } })).body).toMatchObject({
    ok: true,
    id: 'review',
    soundness: { verdict: 'sound' },
  })
  expect(await server.call('edith', 'POST /api/v1/models', { body: { text: 'title: x' } })).toMatchObject({ status: 422 })
})

test("a text that says no id is nobody's: it is checked, but not kept under a name made up for it", async () => {
  const body = { text: 'title: Nameless\nnodes:\n  - { id: a, type: process, task: note, next: end }\n' }
  expect((await server.call('edith', 'POST /api/v1/models/check', { body })).body).not.toHaveProperty('id')
  expect(await server.call('edith', 'POST /api/v1/models', { body })).toMatchObject({
    status: 422,
    body: { code: 'MODEL_INVALID', problems: [expect.objectContaining({ code: 'KEY_MISSING' })] },
  })
})

test('an unsound model is refused with its counterexample', async () => {
  const text = `id: hangs
title: Hangs
payload: none
nodes:
  - { id: split, type: or-split, branches: [{ when: "true", to: join }, other] }
  - { id: other, type: process, task: note, next: join }
  - { id: join, type: and-join, next: end }
`
  await server.call('edith', 'POST /api/v1/models', { body: { text } })
  const sync = await server.call('edith', 'POST /api/v1/models/hangs/sync')
  expect(sync.status).toBe(422)
  expect(sync.body.code).toBe('MODEL_UNSOUND')
})

test('versions are listed newest first, compared, and keep their text; a draft that says the same is not a change', async () => {
  await syncModel(server, REVIEW.replace('id: review', 'id: grows'))
  const summary = async () => (await server.call('edith', 'GET /api/v1/models/grows')).body
  expect(await summary()).toMatchObject({ latest: 1, hasDraft: true, draftChanged: false, canStart: true, payload: 'path' })
  const { draft } = (await server.call<{ draft: Draft & { text: string } }>('edith', 'GET /api/v1/models/grows')).body
  const same = await save('grows', `# a comment\n${draft.text}`, { 'if-match': draft.etag })
  expect(await summary()).toMatchObject({ draftChanged: false })
  const more = `${draft.text}  - { id: extra, type: process, task: note, next: end }\n`.replace('reject: end', 'reject: extra')
  await save('grows', more, { 'if-match': same.body.etag })
  expect(await summary()).toMatchObject({ draftChanged: true })
  expect((await server.call('edith', 'GET /api/v1/models/grows/diff')).body).toMatchObject({
    from: '1',
    to: 'draft',
    changes: expect.arrayContaining([expect.objectContaining({ kind: 'node-added', node: 'extra' })]),
  })
  const synced = await server.call('edith', 'POST /api/v1/models/grows/sync', { body: { note: 'An extra step' } })
  expect(synced.body).toMatchObject({ version: 2, isNew: true })
  const versions = await server.call<{ items: readonly { version: number }[] }>('edith', 'GET /api/v1/models/grows/versions')
  expect(versions.body.items.map((row) => row.version)).toEqual([2, 1])
  expect((await server.call('edith', 'GET /api/v1/models/grows/versions/1')).body).toMatchObject({
    version: 1,
    syncedBy: 'edith',
    source: draft.text,
  })
  expect(await server.call('edith', 'GET /api/v1/models/grows/versions/9')).toMatchObject({ status: 404 })
  expect(await server.call('edith', 'GET /api/v1/models/grows/diff?from=1&to=2')).toMatchObject({
    status: 200,
    body: { from: '1', to: '2' },
  })
})

test('a sync of a draft that somebody changed meanwhile is refused when the caller says which one they read', async () => {
  const { etag } = (await server.call<Draft>('edith', 'POST /api/v1/models', { body: { text: REVIEW.replace('id: review', 'id: raced') } }))
    .body
  await save('raced', REVIEW.replace('id: review', 'id: raced').replace('Review a page', 'Changed'), { 'if-match': etag })
  expect(await server.call('edith', 'POST /api/v1/models/raced/sync', { headers: { 'if-match': etag } })).toMatchObject({ status: 412 })
})

test('members see what they may start, without drafts and texts', async () => {
  const read = await server.call('bo', 'GET /api/v1/models/review')
  expect(read.body).toMatchObject({ id: 'review', canStart: true })
  expect(read.body).not.toHaveProperty('draft')
  const version = await server.call('bo', 'GET /api/v1/models/review/versions/1')
  expect(version.body).toHaveProperty('model')
  expect(version.body).not.toHaveProperty('source')
  expect(await server.call('bo', 'GET /api/v1/models/half')).toMatchObject({ status: 404 })
})

test('deleting keeps the versions that instances use and says so', async () => {
  await syncModel(server, REVIEW.replace('id: review', 'id: doomed'))
  expect((await server.call('edith', 'DELETE /api/v1/models/doomed')).body).toEqual({ deleted: [1], kept: [] })
  expect((await server.call('edith', 'GET /api/v1/models/doomed')).status).toBe(404)
  await startReview(server)
  expect((await server.call('edith', 'DELETE /api/v1/models/review')).body).toEqual({ deleted: [], kept: [1] })
})

test('a draft is discarded; versions stay', async () => {
  await syncModel(server, REVIEW.replace('id: review', 'id: tidy'))
  expect((await server.call('edith', 'DELETE /api/v1/models/tidy/draft')).status).toBe(204)
  expect((await server.call('edith', 'GET /api/v1/models/tidy')).body).toMatchObject({ latest: 1, hasDraft: false })
  expect((await server.call('edith', 'DELETE /api/v1/models/tidy/draft')).status).toBe(404)
})

test('a code workflow is uploaded once per bundle, and a damaged bundle is refused', async () => {
  const bytes = Buffer.from('export default 1')
  const body = { title: 'Refund', source: 'export default 1', bundle: bytes.toString('base64'), hash: hash('sha256', bytes), abi: 1 }
  const sync = (changed: object = {}) => server.call('edith', 'POST /api/v1/workflows/refund/sync', { body: { ...body, ...changed } })
  expect((await sync()).body).toMatchObject({ workflow: 'refund', version: 1, isNew: true })
  expect((await sync()).body).toMatchObject({ version: 1, isNew: false })
  expect(await sync({ hash: 'f'.repeat(64) })).toMatchObject({ status: 400, body: { pointer: '/hash' } })
  const kinds = async (query: string) =>
    (await server.call<{ items: readonly { kind: string }[] }>('edith', `GET /api/v1/workflows${query}`)).body.items.map((row) => row.kind)
  expect(await kinds('?kind=code')).toEqual(['code'])
  expect(new Set(await kinds(''))).toEqual(new Set(['code', 'graph']))
  expect((await server.call('edith', 'GET /api/v1/models/refund')).status).toBe(404)
  expect((await server.call('edith', 'GET /api/v1/workflows/refund/versions/1')).body).toMatchObject({
    kind: 'code',
    source: 'export default 1',
  })
})
