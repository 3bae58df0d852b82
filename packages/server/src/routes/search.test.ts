import type { SearchHit } from '@millrace/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, openTestServer, REVIEW, startReview, syncModel, type TestServer } from '../server.fixture.ts'

const PAY = `id: pay
title: Pay an order
payload: none
nodes:
  - { id: charge, type: process, title: Charge the card, task: fail, next: end }
`
const PRINT = `id: print
title: Print the labels
payload: none
locks: [ printer-2 ]
nodes:
  - { id: wait, type: wait, for: P1D, next: end }
`

let server: TestServer
let review: { readonly id: string; readonly item: string }
beforeAll(async () => {
  server = await openTestServer()
  for (const text of [REVIEW, PAY, PRINT]) await syncModel(server, text)
  review = await startReview(server, 'bo')
  for (const workflow of ['pay', 'print']) {
    await server.call('oscar', 'POST /api/v1/instances', { body: { workflow } })
  }
})
afterAll(() => server.close())

const find = async (user: string, q: string, noun?: SearchHit['noun']): Promise<readonly string[]> => {
  const query = new URLSearchParams({ q, ...(noun === undefined ? {} : { noun }) })
  const { body } = await server.call<{ readonly items: readonly SearchHit[] }>(user, `GET /api/v1/search?${query.toString()}`)
  return body.items.map((hit) => `${hit.noun} ${hit.title}`)
}

test('an instance and its work item are found by id, by what they work on and by title, by those who may read them', async () => {
  const [instance, item] = [/^instance /, /^work-item Look at/]
  for (const q of [review.id.slice(0, 8), review.id.slice(-8)])
    expect(await find('oscar', q)).toContainEqual(expect.stringMatching(instance))
  expect(await find('ana', review.item)).toContainEqual(expect.stringMatching(item))
  expect(await find('oscar', '/content/home')).toContainEqual(expect.stringMatching(instance))
  expect(await find('ana', 'look at')).toContainEqual(expect.stringMatching(item))
  expect(await find('bo', 'look at', 'work-item')).toEqual([])
  expect(await find('edith', review.id)).toEqual([])
})

test('what nobody but operators lists, nobody but operators finds', async () => {
  const failed = await eventually(server, async () => (await find('oscar', '503'))[0])
  expect(failed).toBe('incident HTTP 503 from pay.example')
  expect(await find('oscar', 'charge the card')).toEqual(['incident HTTP 503 from pay.example'])
  expect(await find('oscar', 'PRINTER')).toContain('lock printer-2')
  for (const user of ['ana', 'bo', 'edith']) {
    expect(await find(user, '503')).toEqual([])
    expect(await find(user, 'printer')).toEqual([])
  }
})

test('models and people are found by id and by name', async () => {
  expect(await find('edith', 'print')).toContain('model Print the labels')
  expect(await find('bo', 'ana')).toEqual(['user ANA'])
  expect(await find('bo', 'finan')).toEqual(['group finance'])
})

test('one noun does not hide the others: six of each, unless it is asked for alone', async () => {
  for (let n = 0; n < 8; n++) await startReview(server, 'bo')
  const both = await find('oscar', 'review')
  expect(both.filter((hit) => hit.startsWith('instance'))).toHaveLength(6)
  expect(both).toContain('model Review a page')
  expect(await find('oscar', 'review', 'instance')).toHaveLength(9)
})
