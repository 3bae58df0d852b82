import type { Preview } from '@millrace/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, openTestServer, REVIEW, startReview, syncModel, type TestServer } from '../server.fixture.ts'

const FAILING = `id: charge
title: Charge
payload: none
data: { amount: { type: number } }
nodes:
  - { id: note, type: process, task: note, next: charge }
  - { id: charge, type: process, task: fail, retry: { attempts: 1 }, next: end }
`
const LOCKED = `id: deploy
title: Deploy
payload: none
locks: ["deployment:web"]
nodes:
  - { id: go, type: participant, assign: "group:editors", next: end }
`
const PARENT = `id: parent
title: Parent
payload: none
nodes:
  - { id: sub, type: container, workflow: deploy, next: end }
`

describe.each(['memory', 'sqlite'] as const)('kept in %s', (keptIn) => {
  let server: TestServer
  beforeAll(async () => {
    server = await openTestServer({ keptIn })
    for (const text of [REVIEW, FAILING, LOCKED, PARENT]) await syncModel(server, text)
  })
  afterAll(() => server.close())

  const start = async (workflow: string, more: object = {}) =>
    (await server.call<{ id: string }>('oscar', 'POST /api/v1/instances', { body: { workflow, ...more } })).body.id
  const get = async (id: string) => (await server.call<{ status: string; facts: number }>('oscar', `GET /api/v1/instances/${id}`)).body
  const preview = async (user: string, id: string, body: object) =>
    await server.call<Preview & { code?: string }>(user, `POST /api/v1/instances/${id}/preview`, { body })
  const withIncident = (id: string) =>
    eventually(server, async () => ((await server.call('oscar', `GET /api/v1/instances/${id}`)).body['incidents'] === 1 ? id : undefined))

  test('what would be withdrawn, and from whom, is said before it is done, and nothing is done', async () => {
    const { id } = await startReview(server)
    const before = await get(id)
    const { body } = await preview('oscar', id, { action: 'terminate', reason: 'wrong page' })
    expect(body).toMatchObject({
      facts: before.facts,
      status: { from: 'RUNNING', to: 'ABORTED' },
      stepsEnded: [{ node: 'look', title: 'Look' }],
      itemsWithdrawn: [{ title: 'Look at /content/home', who: ['group:editors'] }],
      others: [],
    })
    expect(await get(id)).toEqual(before)
  })

  test('a decision done against a changed state is refused with a new preview, and the instance stays as it is', async () => {
    const { id, item } = await startReview(server)
    const { facts } = (await preview('oscar', id, { action: 'suspend' })).body
    await server.call('ana', `POST /api/v1/work-items/${item}/claim`)
    const late = await server.call<{ code: string; preview: Preview }>('oscar', `POST /api/v1/instances/${id}/suspend`, {
      body: { ifFacts: facts },
    })
    expect(late).toMatchObject({
      status: 409,
      body: { code: 'STATE_CHANGED', facts: facts + 1, preview: { facts: facts + 1, status: { from: 'RUNNING', to: 'SUSPENDED' } } },
    })
    expect((await get(id)).status).toBe('RUNNING')
    const again = await server.call('oscar', `POST /api/v1/instances/${id}/suspend`, { body: { ifFacts: late.body.preview.facts } })
    expect(again).toMatchObject({ status: 200, body: { status: 'SUSPENDED' } })
  })

  test('of two who act on one preview, one wins and the other is shown what has become of it', async () => {
    const { id } = await startReview(server)
    const { facts } = (await preview('oscar', id, { action: 'terminate' })).body
    const answers = await Promise.all(
      ['oscar', 'ada'].map((user) => server.call(user, `POST /api/v1/instances/${id}/terminate`, { body: { ifFacts: facts } })),
    )
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409])
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
      code: 'STATE_CHANGED',
      preview: { refused: { code: 'WRONG_STATUS' } },
    })
  })

  test('every action takes the state it is meant for', async () => {
    const { id, item } = await startReview(server)
    const step = Number(item.split('.')[1])
    const stale = { ifFacts: 1 }
    const refused = async (request: string, body: object) => {
      const answer = await server.call<{ code: string }>('oscar', request, { body })
      expect([request, answer.status, answer.body.code]).toEqual([request, 409, 'STATE_CHANGED'])
    }
    for (const action of ['suspend', 'resume', 'cancel', 'terminate', 'restart', 'retry']) {
      await refused(`POST /api/v1/instances/${id}/${action}`, stale)
    }
    await refused(`POST /api/v1/instances/${id}/skip`, { step, route: 'approve', ...stale })
    await refused(`PATCH /api/v1/instances/${id}/data?ifFacts=1`, { amount: 12 })
    await refused(`POST /api/v1/instances/${id}/messages`, { name: 'x', ...stale })
    for (const [action, more] of [
      ['complete', { route: 'approve' }],
      ['claim', {}],
      ['unclaim', {}],
      ['delegate', { to: 'ana' }],
      ['step-back', {}],
    ] as const) {
      await refused(`POST /api/v1/work-items/${item}/${action}`, { ...more, ...stale })
    }
    expect(await get(id)).toMatchObject({ status: 'RUNNING' })
  })

  test('a refusal is an answer', async () => {
    const { id } = await startReview(server)
    const answer = await preview('oscar', id, { action: 'resume' })
    expect(answer).toMatchObject({ status: 200, body: { refused: { code: 'WRONG_STATUS', message: expect.stringContaining('RUNNING') } } })
    expect(answer.body.status).toEqual({ from: 'RUNNING', to: 'RUNNING' })
  })

  test('a retry names the task that runs again, with the key it ran under', async () => {
    const id = await withIncident(await start('charge'))
    const { body } = await preview('oscar', id, { action: 'retry', data: { amount: 5 } })
    expect(body).toMatchObject({
      attemptsStarted: [{ step: 2, node: 'charge', task: 'fail', key: `${id}:2`, again: true }],
      dataChanged: [{ name: 'amount', to: 5 }],
    })
    expect(body.dataChanged[0]).not.toHaveProperty('from')
  })

  test('a restart lists the tasks that ran before and lie on its way, each with its last key', async () => {
    const id = await withIncident(await start('charge'))
    await server.call('oscar', `POST /api/v1/instances/${id}/terminate`)
    const whole = (await preview('oscar', id, { action: 'restart' })).body
    expect(whole.repeats.map(({ node, key }) => [node, key])).toEqual([
      ['charge', `${id}:2`],
      ['note', `${id}:1`],
    ])
    expect(whole).toMatchObject({ status: { from: 'ABORTED', to: 'RUNNING' }, attemptsStarted: [{ node: 'note', again: false }] })
    const later = (await preview('oscar', id, { action: 'restart', from: 'charge' })).body
    expect(later.repeats.map(({ node }) => node)).toEqual(['charge'])
  })

  test('who gets the locks, and what becomes of children and their work items, is part of it', async () => {
    const first = await start('deploy')
    const second = await start('deploy', { queue: true })
    const { body } = await preview('oscar', first, { action: 'terminate' })
    expect(body).toMatchObject({
      locksReleased: ['deployment:web'],
      others: [{ instance: second, title: 'Deploy', status: { from: 'QUEUED', to: 'RUNNING' } }],
    })
    expect((await get(second)).status).toBe('QUEUED')
    const queued = (await preview('oscar', first, { action: 'cancel' })).body
    expect(queued.others).toHaveLength(1)
    await server.call('oscar', `POST /api/v1/instances/${first}/terminate`)
    const again = (await preview('oscar', first, { action: 'restart' })).body
    expect(again.status).toEqual({ from: 'ABORTED', to: 'QUEUED' })
    const impatient = (await preview('oscar', first, { action: 'restart', queue: false })).body
    expect(impatient.refused).toMatchObject({ code: 'LOCK_HELD' })
    await server.call('oscar', `POST /api/v1/instances/${second}/terminate`)
    const parent = await start('parent')
    const withChild = (await preview('oscar', parent, { action: 'terminate' })).body
    expect(withChild.others).toMatchObject([
      { workflow: 'deploy', status: { from: 'RUNNING', to: 'ABORTED' }, itemsWithdrawn: [{ title: 'Go', who: ['group:editors'] }] },
    ])
    await server.call('oscar', `POST /api/v1/instances/${parent}/terminate`)
  })

  test('a person sees what their own decision would do, and may not try what they may not do', async () => {
    const { id, item } = await startReview(server, 'bo')
    const step = Number(item.split('.')[1])
    expect((await preview('ana', id, { action: 'complete', step, route: 'approve' })).body).toMatchObject({
      stepsEnded: [{ node: 'look' }],
      stepsOpened: [{ node: 'publish' }],
      itemsWithdrawn: [],
      attemptsStarted: [{ task: 'note', again: false }],
    })
    expect((await preview('ana', id, { action: 'complete', step, route: 'aprove' })).body.refused).toMatchObject({ code: 'ROUTE_UNKNOWN' })
    expect(await preview('bo', id, { action: 'cancel' })).toMatchObject({ status: 200 })
    expect(await preview('ana', id, { action: 'cancel' })).toMatchObject({ status: 403 })
    expect(await preview('ana', id, { action: 'terminate' })).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } })
    expect(await preview('edith', id, { action: 'complete', step })).toMatchObject({ status: 404 })
    expect(await preview('oscar', id, { action: 'explode' })).toMatchObject({ status: 400 })
  })
})
