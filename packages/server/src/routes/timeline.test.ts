import type { Timeline } from '@millrace/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, openTestServer, REVIEW, startReview, syncModel, type TestServer } from '../server.fixture.ts'

const LOOP = `id: loop
title: Loop
payload: none
data: { n: { type: number, default: 0 } }
nodes:
  - { id: work, type: process, task: note, maxPasses: 100000, next: count }
  - { id: count, type: process, task: add, maxPasses: 100000, result: n, with: { n: "{{ data.n }}" }, next: more }
  - { id: more, type: or-split, maxPasses: 100000, branches: [ { when: "data.n < 150", to: work }, { to: end, default: true } ] }
`

let server: TestServer
beforeAll(async () => {
  server = await openTestServer({
    keptIn: 'sqlite',
    tasks: {
      run: ({ input }) => ({ ok: true, output: (input as { readonly n: number }).n + 1 }),
      has: (task) => task === 'add',
      list: () => [],
      close: async () => undefined,
    },
  })
  await syncModel(server, REVIEW)
  await syncModel(server, LOOP)
})
afterAll(() => server.close())

/** Looks only when a status changes: a loop commits hundreds of times. */
const ended = (id: string): Promise<void> =>
  new Promise((resolve) => {
    const look = async () => {
      if ((await server.host.instance(id))?.status !== 'COMPLETED') return
      stop()
      resolve()
    }
    const stop = server.host.subscribe((events) => {
      if (events.some((event) => event.id === id && event.changed.includes('status'))) void look()
    })
    void look()
  })

const timeline = (user: string, id: string, query = '') => server.call<Timeline>(user, `GET /api/v1/instances/${id}/timeline${query}`)

test('a person’s time is told from compute time, and an open step has no end', async () => {
  const { id, item } = await startReview(server, 'bo')
  expect((await timeline('bo', id)).body).toMatchObject({
    rows: [{ step: 1, node: 'look', title: 'Look', run: 1, spans: [{ cause: 'person' }], isCritical: true }],
    steps: 1,
    left: { before: 0, after: 0 },
  })
  await server.call('ana', `POST /api/v1/work-items/${item}/complete`, { body: { route: 'approve' } })
  const ended = await eventually(server, async () => {
    const { body } = await timeline('bo', id)
    return body.rows[1]?.end === 'closed' ? body : undefined
  })
  expect(ended.rows.map(({ node, end, spans }) => [node, end, spans[0]?.cause])).toEqual([
    ['look', 'closed', 'person'],
    ['publish', 'closed', 'compute'],
  ])
})

test('only whoever may read the instance sees its timeline', async () => {
  const { id } = await startReview(server, 'bo')
  expect((await timeline('edith', id)).status).toBe(404)
  expect((await timeline('ana', id)).status).toBe(200)
})

test('a long one is read in windows: the last rows, those before and after them, and those of a stretch of time; never over 256 KiB', async () => {
  const { body } = await server.call<{ id: string }>('oscar', 'POST /api/v1/instances', { body: { workflow: 'loop' } })
  const { id } = body
  await ended(id)
  const last = (await timeline('oscar', id, '?limit=30')).body
  expect(last.steps).toBe(300)
  expect(last.rows.map(({ step }) => step)).toEqual(Array.from({ length: 30 }, (_, n) => 271 + n))
  expect(last.left).toEqual({ before: 270, after: 0 })
  const before = (await timeline('oscar', id, '?limit=30&before=271')).body
  expect([before.rows[0]?.step, before.rows.at(-1)?.step, before.left]).toEqual([241, 270, { before: 240, after: 30 }])
  const after = (await timeline('oscar', id, '?limit=50&after=100')).body
  expect([after.rows[0]?.step, after.rows.at(-1)?.step]).toEqual([101, 150])
  const [middle] = before.rows
  const fromMs = middle?.spans[0]?.fromMs ?? 0
  const stretch = (await timeline('oscar', id, `?limit=500&fromMs=${fromMs}&toMs=${fromMs}`)).body
  expect(stretch.rows.some(({ step }) => step === middle?.step)).toBe(true)
  expect(stretch.rows.every(({ spans }) => spans.some((span) => span.fromMs <= fromMs && (span.toMs ?? fromMs) >= fromMs))).toBe(true)
  const response = await server.server.inject({
    method: 'GET',
    url: `/api/v1/instances/${id}/timeline?limit=500`,
    headers: { authorization: `Bearer ${server.tokens['oscar']}` },
  })
  expect(response.rawPayload.byteLength).toBeLessThan(262_144)
  expect((await timeline('oscar', id, '?limit=501')).status).toBe(400)
})

test('an answer that would be too long is cut where it was not asked to begin, and says how many rows are left', async () => {
  const { body } = await server.call<{ id: string }>('edith', 'POST /api/v1/models', {
    body: {
      text: `id: wide
title: Wide
payload: none
nodes:
  - { id: all, type: and-split, branches: [${Array.from({ length: 400 }, (_, n) => `n${n}`).join(', ')}] }
${Array.from({ length: 400 }, (_, n) => `  - { id: n${n}, title: "${'€'.repeat(600)}${n}", type: participant, assign: "group:editors", next: join }`).join('\n')}
  - { id: join, type: and-join, next: end }
`,
    },
  })
  expect(body.id).toBe('wide')
  expect(await server.call('edith', 'POST /api/v1/models/wide/sync', { body: {} })).toMatchObject({ status: 200 })
  const { id } = (await server.call<{ id: string }>('oscar', 'POST /api/v1/instances', { body: { workflow: 'wide' } })).body
  const response = await server.server.inject({
    method: 'GET',
    url: `/api/v1/instances/${id}/timeline?limit=500`,
    headers: { authorization: `Bearer ${server.tokens['oscar']}` },
  })
  const cut = response.json<Timeline>()
  expect(response.rawPayload.byteLength).toBeLessThan(262_144)
  expect(cut.rows.length).toBeGreaterThan(50)
  expect(cut.rows.at(-1)?.step).toBe(400)
  expect(cut.left).toEqual({ before: 400 - cut.rows.length, after: 0 })
})
