import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ConsoleUnderTest, hasChromium, openConsole } from '../../../console.fixture.ts'

const model = (data: string): string => `id: order
title: Order something
data:
${data}
nodes:
  - { id: look, type: participant, title: Look, assign: group:editors, next: end }
`

describe.skipIf(!hasChromium)('starting, in Chromium', () => {
  let console_: ConsoleUnderTest
  beforeAll(async () => {
    console_ = await openConsole()
  })
  afterAll(() => console_.close())

  test('a form whose schema changes under the person keeps what fits, and shows the rest to be copied', async () => {
    const admin = await console_.client('admin')
    await admin.models.save(
      'order',
      { text: model('  what: { type: string, title: What }\n  why: { type: string, title: Why }') },
      { ifNoneMatch: true },
    )
    await admin.models.sync('order')
    const { page, context } = await console_.visit('admin', '/workflows')
    await page.getByRole('button', { name: 'Start Order something' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Data to begin with').click()
    await dialog.getByLabel('What').fill('Paper')
    await dialog.getByLabel('Why').fill('There is none left')

    const { draft } = await admin.models.get('order')
    await admin.models.save(
      'order',
      { text: model('  what: { type: string, title: What }\n  reason: { type: string, title: Reason }') },
      { ifMatch: draft?.etag ?? '' },
    )
    await admin.models.sync('order')
    await dialog.getByText('The form has changed.', { exact: false }).waitFor()
    await dialog.getByText('There is none left').waitFor()
    expect(await dialog.getByLabel('What').inputValue()).toBe('Paper')
    await dialog.getByLabel('Reason').fill('None left')
    await dialog.getByRole('button', { name: 'Start', exact: true }).click()
    await page.waitForURL(/\/instances\//)
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    await expect.poll(async () => (await console_.served().host.instance(id))?.data).toEqual({ what: 'Paper', reason: 'None left' })
    await context.close()
  })

  test('what was typed and not sent is there after a reload', async () => {
    const { page, context } = await console_.visit('bo', '/workflows')
    const open = () => page.getByRole('button', { name: 'Start Publish a page' }).click()
    const path = page.getByRole('dialog').getByLabel('Path')
    await open()
    await path.fill('/content/half-typed')
    await page.reload()
    await open()
    await expect.poll(() => path.inputValue()).toBe('/content/half-typed')
    await context.close()
  })
})
