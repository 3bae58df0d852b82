import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ConsoleUnderTest, hasChromium, openConsole } from '../../console.fixture.ts'

describe.skipIf(!hasChromium)('the inbox in Chromium', () => {
  let console_: ConsoleUnderTest
  beforeAll(async () => {
    console_ = await openConsole()
  })
  afterAll(() => console_.close())
  beforeEach(() => {
    console_.complaints.length = 0
  })

  const statusOf = async (id: string) => (await console_.served().host.instance(id))?.status
  const titles = (page: Page) => page.locator('[data-item]').allTextContents()
  const row = (page: Page, title: string) => page.locator('[role=listitem]').filter({ hasText: title })
  /** Everything of one test under one word of its own, so that tests do not see each other's items. */
  const address = (word: string) => `/inbox/open?search=${word}`

  test('a person goes through their inbox with the keyboard alone, and is told what was done', async () => {
    const ids = [await console_.publish('/keys/one'), await console_.publish('/keys/two')]
    const { page, context } = await console_.visit('ana', address('keys'))
    await page.locator('[data-item]').first().waitFor()
    await page.keyboard.press('j')
    await page.getByRole('heading', { name: 'Review /keys/one' }).waitFor()
    await page.keyboard.press('1')
    await page.getByRole('button', { name: /Confirm:/ }).waitFor()
    await page.keyboard.press('Enter')
    // The next one opens by itself.
    await page.getByRole('heading', { name: 'Review /keys/two' }).waitFor()
    expect(await statusOf(ids[0] ?? '')).toBe('COMPLETED')
    await page.keyboard.press('2')
    await page.getByLabel(/What should change/).waitFor()
    await page.keyboard.type('A typo')
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await console_.served().host.instance(ids[1] ?? ''))?.data['reason']).toBe('A typo')
    await page.getByText('2 decided').waitFor()
    expect(console_.complaints).toEqual([])
    await context.close()
  })

  test('a key acts on the row it was aimed at, also when a row above went away between two keys', async () => {
    const ids = [await console_.publish('/aim/one'), await console_.publish('/aim/two'), await console_.publish('/aim/three')]
    const { page, context } = await console_.visit('ana', address('aim'))
    await page.locator('[data-item]').nth(2).waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.getByRole('heading', { name: 'Review /aim/two' }).waitFor()
    await console_.decide(`${ids[0]}.1`, 'admin', 'approve')
    // It stays where it was, struck through, and says who.
    await row(page, '/aim/one')
      .getByText(/Administrator decided this/)
      .waitFor()
    expect(await titles(page)).toEqual(['Review /aim/one', 'Review /aim/two', 'Review /aim/three'])
    await page.keyboard.press('1')
    await page.keyboard.press('Enter')
    await expect.poll(() => statusOf(ids[1] ?? '')).toBe('COMPLETED')
    expect(await statusOf(ids[2] ?? '')).toBe('RUNNING')
    await expect.poll(() => titles(page), { timeout: 8_000 }).toEqual(['Review /aim/three'])
    expect(console_.complaints).toEqual([])
    await context.close()
  })

  test('new rows wait behind a button, and moving the hand there shows them', async () => {
    await console_.publish('/news/one')
    const { page, context } = await console_.visit('ana', `${address('news')}&sort=-created`)
    await page.locator('[data-item]').first().waitFor()
    await console_.publish('/news/two')
    await console_.publish('/news/three')
    await page.getByRole('button', { name: '2 new' }).waitFor()
    expect(await titles(page)).toEqual(['Review /news/one'])
    await page.keyboard.press('.')
    await expect.poll(() => titles(page)).toEqual(['Review /news/three', 'Review /news/two', 'Review /news/one'])
    await context.close()
  })

  test('many are decided at once, and one that somebody else took meanwhile is left out', async () => {
    const ids = await Promise.all(['one', 'two', 'three'].map((name) => console_.publish(`/bulk/${name}`)))
    const { page, context } = await console_.visit('ana', address('bulk'))
    await page.locator('[data-item]').nth(2).waitFor()
    await page.keyboard.press('Shift+X')
    await page.getByText('3 chosen').waitFor()
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    await console_.decide(`${ids[1]}.1`, 'admin', 'approve')
    await page.getByText('1 of them is not yours to decide').waitFor()
    await page.getByRole('button', { name: /Confirm: Publish for 2/ }).click()
    await expect.poll(() => statusOf(ids[0] ?? '')).toBe('COMPLETED')
    await expect.poll(() => statusOf(ids[2] ?? '')).toBe('COMPLETED')
    await page.getByText('2 decided, 1 went to others').waitFor()
    expect(console_.complaints).toEqual([])
    await context.close()
  })

  test('an item that is claimed says so to the others, who cannot decide it', async () => {
    const id = await console_.publish('/claim/one')
    const ana = await console_.visit('ana', `/inbox/open?item=${id}.1`)
    const other = await console_.visit('admin', `/inbox/open?item=${id}.1`)
    await other.page.getByRole('button', { name: /Publish/ }).waitFor()
    await ana.page.getByRole('heading', { name: 'Review /claim/one' }).waitFor()
    await ana.page.keyboard.press('c')
    await other.page.getByText(/Ana Editor claimed this/).waitFor()
    await ana.page.getByText(/You claimed this/).waitFor()
    expect(await other.page.getByRole('button', { name: /Publish/ }).count()).toBe(0)
    await ana.page.keyboard.press('u')
    await other.page.getByRole('button', { name: /Publish/ }).waitFor()
    expect(console_.complaints).toEqual([])
    await ana.context.close()
    await other.context.close()
  })

  test('on a phone the list opens the item as a page, a finger first arms and then decides, and every target has 44 px', async () => {
    const id = await console_.publish('/phone/one')
    const { page, context } = await console_.visit('ana', address('phone'), {
      viewport: { width: 360, height: 740 },
      hasTouch: true,
      isMobile: true,
    })
    await page.locator('[data-item]').first().waitFor()
    await page.locator('[data-item]').first().tap()
    await page.getByRole('heading', { name: 'Review /phone/one' }).waitFor()
    const small = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('button, input:not([type=hidden]), select, textarea')].flatMap((element) => {
        const { width, height } = element.getBoundingClientRect()
        const isSeen = width > 1 && element.checkVisibility()
        return isSeen && (height < 43.5 || width < 43.5) ? [`${element.outerHTML.slice(0, 80)} ${width}×${height}`] : []
      }),
    )
    expect(small).toEqual([])
    await page.getByRole('button', { name: /Publish/ }).tap()
    expect(await statusOf(id)).toBe('RUNNING')
    await page.getByRole('button', { name: /Confirm: Publish/ }).tap()
    await expect.poll(() => statusOf(id)).toBe('COMPLETED')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
    expect(console_.complaints).toEqual([])
    await context.close()
  })

  test('texts in any script, with markup, or without end, are shown as text and never break the page', async () => {
    const nasty = '<img src=x onerror=alert(1)>‮مرحبا 👩‍🚀'
    const id = await console_.publish(`/nasty/${nasty}`)
    const { page, context } = await console_.visit('ana', `/inbox/open?item=${id}.1`)
    await page.getByRole('heading', { name: 'Review /nasty/' }).waitFor()
    await page.locator('#item-comment').fill(`<script>alert(1)</script> ${'long '.repeat(3_500)}`)
    await page.getByRole('button', { name: 'Send without deciding' }).click()
    await page.getByRole('button', { name: /Show all 17,/ }).waitFor()
    await page.getByText('<script>alert(1)</script>').first().waitFor()
    expect(await page.locator('img[src=x]').count()).toBe(0)
    expect(console_.complaints).toEqual([])
    await context.close()
  })
})
