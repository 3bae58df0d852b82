import type { Page } from 'playwright-core'
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
    expect(await keptDrafts(page)).toEqual([])
    await context.close()
  })

  test('what is typed into a dialog is there again after a reload, and gone once it was accepted', async () => {
    const id = await console_.publish('/draft/dialog')
    const { page, context } = await console_.visit('admin', `/instances/${id}`)
    const open = async (action: 'Cancel…' | 'Change data…') => {
      await page.getByRole('button', { name: 'Actions' }).click()
      await page.getByRole('menuitem', { name: action }).click()
    }
    const reason = page.getByRole('dialog').getByLabel('Why')
    await open('Cancel…')
    await reason.fill('The page was published by hand')
    await page.reload()
    await open('Cancel…')
    await expect.poll(() => reason.inputValue()).toBe('The page was published by hand')

    // Typed over data that somebody else then changes: it is shown, not put over theirs.
    await page.keyboard.press('Escape')
    await open('Change data…')
    const data = page.getByRole('dialog').getByLabel('Data', { exact: true })
    await data.fill('{ "reason": "mine" }')
    await page.keyboard.press('Escape')
    await console_.served().host.command(id, {
      kind: 'set-data',
      by: { user: 'cleo', groups: [], isOperator: true },
      data: { reason: 'theirs' },
    })
    await page.reload()
    await open('Change data…')
    await page.getByText('The data has changed since you typed this.', { exact: false }).waitFor()
    expect(JSON.parse(await data.inputValue())).toMatchObject({ reason: 'theirs' })
    await page.keyboard.press('Escape')

    await open('Cancel…')
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the instance' }).click()
    await expect.poll(async () => (await console_.served().host.instance(id))?.status).toBe('ABORTED')
    await expect.poll(() => keptDrafts(page)).toEqual([expect.stringContaining('data')])
    await context.close()
  })

  test('whom to hand it on to, and why, outlives a reload', async () => {
    const id = await console_.publish('/draft/delegate')
    const { page, context } = await console_.visit('ana', `/inbox/open?item=${id}.1`)
    const open = async () => {
      await page.getByRole('button', { name: 'More' }).click()
      await page.getByRole('menuitem', { name: /Delegate/ }).click()
    }
    await open()
    await page.getByRole('dialog').getByLabel('Comment').fill('You know this page better')
    await page.reload()
    await open()
    await expect.poll(() => page.getByRole('dialog').getByLabel('Comment').inputValue()).toBe('You know this page better')
    await context.close()
  })

  test('two tabs on one draft show one text, and a decision in one empties the other', async () => {
    const id = await console_.publish('/draft/tabs')
    const { page, context } = await console_.visit('ana', `/inbox/open?item=${id}.1`)
    const other = await context.newPage()
    await other.goto(`${console_.url()}/inbox/open?item=${id}.1`)
    await other.locator(comment).waitFor()
    await page.locator(comment).fill('One')
    await expect.poll(() => other.locator(comment).inputValue()).toBe('One')
    await other.locator(comment).fill('One and two')
    await expect.poll(() => page.locator(comment).inputValue()).toBe('One and two')
    await page.locator(comment).press('End')
    await page.locator(comment).pressSequentially(' and three')
    await expect.poll(() => other.locator(comment).inputValue()).toBe('One and two and three')
    await page.getByRole('button', { name: /Publish/ }).click()
    await expect.poll(async () => (await console_.served().host.instance(id))?.status).toBe('COMPLETED')
    // The second tab's own pause must not bring it back on the server.
    await expect.poll(() => keptDrafts(page).then((keys) => keys.filter((key) => key.includes(id)))).toEqual([])
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
    // A page that was never opened before cannot come; what was typed is there on the way back.
    await page.getByRole('link', { name: 'Workflows' }).click()
    await page.getByText('This page could not be fetched').waitFor()
    await page.goBack()
    await expect.poll(() => page.locator(comment).inputValue()).toBe('Typed into the void')
    await page.getByRole('link', { name: 'Workflows' }).click()
    await page.getByText('This page could not be fetched').waitFor()
    await console_.start()
    await page.getByRole('heading', { name: 'Workflows' }).waitFor({ timeout: 20_000 })
    await page.goBack()
    await page.getByText(/The server does not answer since/).waitFor({ state: 'detached', timeout: 20_000 })
    // What was only on the device goes to the server by itself.
    await page.getByText(/^Saved \d\d:\d\d/).waitFor({ timeout: 15_000 })
    await page.getByRole('button', { name: /Publish/ }).click()
    await expect.poll(async () => (await console_.served().host.instance(id))?.status, { timeout: 15_000 }).toBe('COMPLETED')
    await context.close()
  })
})

/** Keys of all drafts on the device. */
const keptDrafts = (page: Page): Promise<readonly string[]> =>
  page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const open = indexedDB.open('millrace')
        open.onsuccess = () => {
          const keys = open.result.transaction('drafts').objectStore('drafts').getAllKeys()
          keys.onsuccess = () => {
            open.result.close()
            resolve(keys.result.map(String))
          }
        }
      }),
  )
