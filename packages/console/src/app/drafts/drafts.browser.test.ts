import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ConsoleUnderTest, hasChromium, openConsole } from '../../console.fixture.ts'

describe.skipIf(!hasChromium)('what is typed, in Chromium', () => {
  let console_: ConsoleUnderTest
  beforeAll(async () => {
    console_ = await openConsole()
  })
  afterAll(() => console_.close())

  const comment = '#item-comment'

  test('a comment outlives the page and the browser; another person does not see it', async () => {
    const id = await console_.publish('/draft/one')
    const first = await console_.visit('ana', `/inbox/open?item=${id}.1`)
    await first.page.locator(comment).fill('Not sure about the picture')
    await first.page.getByText(/^Saved \d\d:\d\d/).waitFor()
    await first.page.reload()
    await expect.poll(() => first.page.locator(comment).inputValue()).toBe('Not sure about the picture')

    const elsewhere = await console_.visit('ana', `/inbox/open?item=${id}.1`)
    await expect.poll(() => elsewhere.page.locator(comment).inputValue()).toBe('Not sure about the picture')

    // Somebody else at the same machine: the same browser, its storage and all.
    await first.context.request.delete(`${console_.url()}/api/v1/session`).catch(() => {})
    await first.context.clearCookies()
    await first.context.request.post(`${console_.url()}/api/v1/session`, { data: { user: 'admin', password: console_.password } })
    await first.page.goto(`${console_.url()}/inbox/open?item=${id}.1`)
    await first.page.getByRole('heading', { name: 'Review /draft/one' }).waitFor()
    await first.page.waitForTimeout(500)
    expect(await first.page.locator(comment).inputValue()).toBe('')
    await first.context.close()
    await elsewhere.context.close()
  })

  test('a decision takes its draft with it', async () => {
    const id = await console_.publish('/draft/two')
    const { page, context } = await console_.visit('ana', `/inbox/open?item=${id}.1`)
    await page.locator(comment).fill('Fine')
    await page.getByRole('button', { name: /Publish/ }).click()
    await expect.poll(async () => (await console_.served().host.instance(id))?.status).toBe('COMPLETED')
    const drafts = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const open = indexedDB.open('millrace')
          open.onsuccess = () => {
            const count = open.result.transaction('drafts').objectStore('drafts').count()
            count.onsuccess = () => resolve(count.result)
          }
        }),
    )
    expect(drafts).toBe(0)
    await context.close()
  })

  test('while the server is down nothing typed is lost, the page says so, and the decision is taken once it is back', async () => {
    const id = await console_.publish('/draft/down')
    const { page, context } = await console_.visit('ana', `/inbox/open?item=${id}.1`)
    await page.getByRole('button', { name: /Publish/ }).waitFor()
    await console_.stop()
    await page.locator(comment).fill('Typed into the void')
    await page.getByText(/The server does not answer since/).waitFor({ timeout: 15_000 })
    await page.getByText('On this device only').waitFor()
    await page.getByRole('button', { name: /Publish/ }).click()
    await page.getByText('The server does not answer. What you typed is kept.').waitFor({ timeout: 15_000 })
    expect(await page.locator(comment).inputValue()).toBe('Typed into the void')
    await console_.start()
    await page.getByText(/The server does not answer since/).waitFor({ state: 'detached', timeout: 20_000 })
    await page.getByRole('button', { name: /Publish/ }).click()
    await expect.poll(async () => (await console_.served().host.instance(id))?.status, { timeout: 15_000 }).toBe('COMPLETED')
    await context.close()
  })
})
