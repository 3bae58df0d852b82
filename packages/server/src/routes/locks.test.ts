import type { Lock, Problem } from '@millrace/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestServer, syncModel, type TestServer } from '../server.fixture.ts'

const DEPLOY = `id: deploy
title: Deploy
data: { lock: string }
nodes:
  - { id: go, title: Go ahead, type: participant, assign: "group:editors", next: end }
`

let server: TestServer
beforeAll(async () => {
  server = await openTestServer()
  await syncModel(server, DEPLOY)
})
afterAll(() => server.close())

const start = async (title: string, lock: string) => {
  const { body, status } = await server.call<{ id: string; position?: number }>('oscar', 'POST /api/v1/instances', {
    body: { workflow: 'deploy', title, locks: [lock], queue: true },
  })
  expect(status).toBe(201)
  return body
}

const locks = async () => (await server.call<{ items: readonly Lock[] }>('oscar', 'GET /api/v1/locks')).body.items

test('a lock says who holds it and, where somebody waits, why the holder has not gone on; who waits, in line, and behind whom', async () => {
  const blue = await start('Deploy blue', 'deployment:web')
  const green = await start('Deploy green', 'deployment:web')
  const red = await start('Deploy red', 'deployment:web')
  const alone = await start('Print', 'printer')
  const [web, printer] = await locks()
  expect(web).toMatchObject({
    name: 'deployment:web',
    holders: [
      {
        instance: blue.id,
        title: 'Deploy blue',
        status: 'RUNNING',
        why: { code: 'PERSON', params: { title: 'Go ahead' }, who: ['group:editors'] },
      },
    ],
    queue: [
      { instance: green.id, title: 'Deploy green', position: 1, behind: [blue.id] },
      { instance: red.id, title: 'Deploy red', position: 2, behind: [blue.id, green.id] },
    ],
  })
  expect(printer).toMatchObject({ name: 'printer', holders: [{ instance: alone.id }], queue: [] })
  expect(printer?.holders[0]).not.toHaveProperty('why')
  expect((await server.call<Lock>('oscar', 'GET /api/v1/locks/deployment%3Aweb')).body).toEqual(web)
})

test('a suspended holder keeps its lock, and says so; ended, the next one holds it', async () => {
  const holder = (await locks())[0]?.holders[0]?.instance ?? ''
  await server.call('oscar', `POST /api/v1/instances/${holder}/suspend`, { body: { reason: 'Lunch' } })
  expect((await locks())[0]?.holders[0]).toMatchObject({ instance: holder, status: 'SUSPENDED', why: { code: 'SUSPENDED' } })
  await server.call('oscar', `POST /api/v1/instances/${holder}/terminate`, { body: { reason: 'Too long' } })
  const [web] = await locks()
  expect([web?.holders.map(({ title }) => title), web?.queue.map(({ title, position }) => [title, position])]).toEqual([
    ['Deploy green'],
    [['Deploy red', 1]],
  ])
})

test('a lock that nobody holds is not found, and locks are for operators', async () => {
  const { status, body } = await server.call<Problem>('oscar', 'GET /api/v1/locks/nothing')
  expect([status, body.code]).toEqual([404, 'NOT_FOUND'])
  expect((await server.call('ana', 'GET /api/v1/locks')).status).toBe(403)
})
