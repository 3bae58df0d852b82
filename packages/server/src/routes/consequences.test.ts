import type { WorkItem } from '@millrace/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestServer, syncModel, type TestServer } from '../server.fixture.ts'

const REFUND = `id: refund
title: Refund
payload: none
data: { amount: { type: number }, note: { type: string } }
nodes:
  - { id: write, title: Write it down, type: participant, assign: initiator, form: { type: object, required: [amount], properties: { amount: { type: number } } }, next: large }
  - { id: large, title: Large?, type: or-split, branches: [ { when: data.amount > 100, to: review }, { to: pay, default: true } ] }
  - { id: review, title: Review it, type: participant, assign: "group:editors", routes: { approve: pay, reject: write } }
  - { id: pay, title: Pay, type: process, task: note, next: end }
`

let server: TestServer
beforeAll(async () => {
  server = await openTestServer({ keptIn: 'sqlite' })
  await syncModel(server, REFUND)
})
afterAll(() => server.close())

const start = async () => (await server.call<{ id: string }>('bo', 'POST /api/v1/instances', { body: { workflow: 'refund' } })).body.id
const item = async (user: string, id: string) => (await server.call<WorkItem>(user, `GET /api/v1/work-items/${id}`)).body
const complete = async (user: string, id: string, body: object) =>
  expect(await server.call(user, `POST /api/v1/work-items/${id}/complete`, { body })).toMatchObject({ status: 200 })

test('an item says what follows each of its routes, and where it stands', async () => {
  const id = await start()
  expect(await item('bo', `${id}.1`)).toMatchObject({
    routes: [],
    follows: [
      {
        kind: 'depends',
        node: 'large',
        title: 'Large?',
        on: ['amount'],
        options: [
          { node: 'review', title: 'Review it' },
          { node: 'pay', title: 'Pay' },
        ],
      },
    ],
    place: { done: [], here: { node: 'write', title: 'Write it down' }, next: [{ node: 'large', title: 'Large?' }] },
  })
  await complete('bo', `${id}.1`, { answer: { amount: 500 } })
  const review = await item('ana', `${id}.2`)
  expect(review.routes.map(({ name, follows }) => [name, follows])).toEqual([
    ['approve', [{ kind: 'end', who: [], via: [{ node: 'pay', title: 'Pay' }] }]],
    ['reject', [{ kind: 'item', node: 'write', title: 'Write it down', who: ['user:bo'], via: [] }]],
  ])
  expect(review.place).toMatchObject({
    done: [{ node: 'write', title: 'Write it down', by: 'bo', step: 1 }],
    here: { node: 'review' },
    next: [{ node: 'write' }],
  })
})

test('whoever decided before is told which data has changed since, and what it was', async () => {
  const id = await start()
  await complete('bo', `${id}.1`, { answer: { amount: 500 } })
  expect((await item('ana', `${id}.2`)).changed).toBeUndefined()
  await complete('ana', `${id}.2`, { route: 'reject', comment: 'too much' })
  expect((await item('bo', `${id}.3`)).changed).toMatchObject({ names: [] })
  await server.call('oscar', `PATCH /api/v1/instances/${id}/data`, { body: { note: 'see mail' } })
  await complete('bo', `${id}.3`, { answer: { amount: 400 } })
  const again = await item('ana', `${id}.4`)
  expect(again.changed?.names).toEqual([{ name: 'note' }, { name: 'amount', from: 500 }])
  expect(again.thread).toMatchObject([{ by: 'ana', text: 'too much', route: 'reject' }])
  await server.call('oscar', `PATCH /api/v1/instances/${id}/data`, { body: { amount: 500 } })
  expect((await item('ana', `${id}.4`)).changed?.names).toEqual([{ name: 'note' }])
})

test('of a closed item nothing follows', async () => {
  const id = await start()
  await complete('bo', `${id}.1`, { answer: { amount: 500 } })
  const done = await item('bo', `${id}.1`)
  expect(done).not.toHaveProperty('follows')
  expect(done.place.next).toEqual([])
})
