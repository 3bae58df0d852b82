/** A test of one's own workflow: the model on a whole host, with people, a virtual clock and tasks that give what the test says. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openTestHost } from '@millrace/testing'
import { expect, test } from 'vitest'

const model = await readFile(join(import.meta.dirname, 'publish-page.yaml'), 'utf8')

test('a page goes back to its author once, and is published three days after it was started', async () => {
  const host = await openTestHost({ models: [model], people: { ana: ['editors'], bo: [] } })
  const id = await host.start('publish-page', { payload: '/content/home', by: 'bo' })
  expect(await host.inbox('ana')).toMatchObject([{ title: 'Review /content/home' }])

  await host.complete(id, 'review', { by: 'ana', route: 'reject', answer: { reason: 'The price is missing' } })
  expect((await host.instance(id)).why).toMatchObject({ code: 'PERSON', who: ['user:bo'] })
  await host.complete(id, 'rework', { by: 'bo' })

  await host.advance('3d')
  expect((await host.history(id)).map(({ type }) => type)).toContain('reminded')

  await host.complete(id, 'review', { by: 'ana', route: 'approve' })
  expect(await host.instance(id)).toMatchObject({
    status: 'COMPLETED',
    data: { status: 'published', publishedAt: '2026-01-04T00:00:00.000Z' },
  })
  expect(host.ran.map(({ task }) => task)).toEqual(['data.set', 'log'])
  await host.close()
})
