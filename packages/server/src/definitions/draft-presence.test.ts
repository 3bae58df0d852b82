import { createClient } from '@millrace/client'
import type { DraftPresence } from '@millrace/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestServer, REVIEW, syncModel, type TestServer } from '../server.fixture.ts'

let server: TestServer
const stops: (() => void)[] = []
beforeEach(async () => {
  server = await openTestServer()
  await syncModel(server, REVIEW)
})
afterEach(async () => {
  for (const stop of stops.splice(0)) stop()
  await server.close()
})

const enter = async (user: string, tab: string) =>
  (await server.call<DraftPresence>(user, `PUT /api/v1/models/review/draft/readers/${tab}`)).body.readers?.map((reader) => reader.user)
const leave = (user: string, tab: string) => server.call(user, `DELETE /api/v1/models/review/draft/readers/${tab}`)

test('who has a draft open is told who else has, each once, longest first', async () => {
  expect(await enter('edith', 'one')).toEqual(['edith'])
  server.advance(1_000)
  expect(await enter('ada', 'one')).toEqual(['edith', 'ada'])
  expect(await enter('edith', 'two')).toEqual(['edith', 'ada'])
})

test('one tab closed leaves the other; the last one takes the person along', async () => {
  await enter('edith', 'one')
  await enter('edith', 'two')
  await leave('edith', 'one')
  expect(await enter('ada', 'one')).toEqual(['edith', 'ada'])
  await leave('edith', 'two')
  expect(await enter('ada', 'one')).toEqual(['ada'])
})

test('nobody closes a tab of somebody else', async () => {
  await enter('edith', 'one')
  await leave('ada', 'one')
  expect(await enter('ada', 'two')).toEqual(['edith', 'ada'])
})

test('whoever is silent for more than a minute is gone, and begins anew', async () => {
  await enter('edith', 'one')
  server.advance(74_000)
  expect(await enter('ada', 'one')).toEqual(['edith', 'ada'])
  server.advance(2_000)
  expect(await enter('ada', 'one')).toEqual(['ada'])
  expect(await enter('edith', 'one')).toEqual(['ada', 'edith'])
})

test('those who cannot edit neither enter nor learn of it; a model without a draft has no readers', async () => {
  expect(await server.call('ana', 'PUT /api/v1/models/review/draft/readers/one')).toMatchObject({ status: 403 })
  expect(await server.call('edith', 'PUT /api/v1/models/none/draft/readers/one')).toMatchObject({ status: 404 })
})

test('coming and going is told over the event stream, to those who may read the text and to nobody else', async () => {
  const origin = await server.server.listen({ port: 0 })
  const listen = async (user: string) => {
    const told: string[] = []
    let wake = (): void => {}
    const stop = new AbortController()
    stops.push(() => stop.abort())
    await new Promise<void>((resolve) => {
      void createClient({ baseUrl: origin, token: server.tokens[user] ?? '' }).events({
        signal: stop.signal,
        onOpen: resolve,
        onEvent: () => wake(),
        onPresence: ({ model, readers }) => {
          told.push(`${model}: ${readers.map((reader) => reader.user).join(' ')}`)
          wake()
        },
      })
    })
    const until = async (count: number) => {
      while (told.length < count) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      return told
    }
    return { told, until }
  }
  const [ada, ana] = [await listen('ada'), await listen('ana')]
  await enter('edith', 'one')
  await enter('edith', 'one')
  await leave('edith', 'one')
  expect(await ada.until(2)).toEqual(['review: edith', 'review: '])
  expect(ana.told).toEqual([])
})
