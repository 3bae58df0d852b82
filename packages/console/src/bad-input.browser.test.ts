/**
 * Names and texts as bad as they come, in every field, walked through on every page: nothing runs, nothing turns what stands around it, nothing makes a
 * page wider than its window or a name longer than a few lines.
 */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BadInput, giveBadInput, RAN, RTL } from './bad-input.fixture.ts'
import { type ConsoleUnderTest, hasChromium, openConsole } from './console.fixture.ts'

describe.skipIf(!hasChromium)('bad input, in Chromium', () => {
  let console_: ConsoleUnderTest
  let given: BadInput
  beforeAll(async () => {
    console_ = await openConsole()
    given = await giveBadInput(await console_.client('admin'))
  })
  afterAll(() => console_.close())

  const pages = (): readonly string[] => [
    '/',
    '/inbox/open',
    `/inbox/open?item=${given.item}`,
    '/inbox/started?by=workflow',
    '/instances',
    '/instances?tab=all&search=%F0%9F%91%A9',
    `/instances/${given.waiting}`,
    `/instances/${given.waiting}?tab=data`,
    `/instances/${given.waiting}?tab=history`,
    `/instances/${given.waiting}?tab=lineage`,
    `/instances/${given.failed}`,
    `/instances/${given.ended}`,
    `/instances/${given.queued}`,
    '/workflows',
    `/models/${given.model}`,
    `/models/${given.model}-unsound`,
    '/operate',
    '/incidents',
    `/batches/${given.batch}`,
    '/locks',
    '/doctor',
    '/users',
    `/users?user=${given.user}`,
    '/groups',
    `/groups?group=${given.group}`,
    '/tokens',
    '/preferences',
  ]

  test('every page shows it as text, isolated, within its window, however narrow', async () => {
    const { page, context } = await console_.visit('admin', '/')
    const found: string[] = []
    for (const path of pages()) {
      await page.setViewportSize({ width: 1_280, height: 800 })
      await page.goto(`${console_.url()}${path}`)
      await page.locator('main h1:visible, main h2:visible, main [role=list]:visible').first().waitFor()
      await page.waitForTimeout(400)
      for (const width of [1_280, 360]) {
        await page.setViewportSize({ width, height: 800 })
        await page.waitForTimeout(100)
        found.push(...(await faultsOf(page, width)).map((fault) => `${path} at ${width} px: ${fault}`))
      }
    }
    expect(found).toEqual([])
    expect(console_.complaints.filter((complaint) => !complaint.includes('Failed to load resource'))).toEqual([])
    await context.close()
  })

  test('addresses that no page can read open the page without them', async () => {
    const { page, context } = await console_.visit('admin', '/inbox/open?item=')
    await page.getByText(/work items? waits? for you/).waitFor()
    await page.goto(`${console_.url()}/instances?title=%7B%22a%22%3A1%7D&sort=nonsense&data=%5B1%5D&tab=%00`)
    await page.getByRole('heading', { name: 'Instances' }).waitFor()
    expect(new URL(page.url()).search).toBe('')
    await page.goto(`${console_.url()}/nowhere/at/all`)
    await page.getByText('There is no such page').waitFor()
    await page.getByRole('link', { name: 'Inbox' }).first().waitFor()
    await context.close()
  })

  test('the palette and the start dialog take the same names', async () => {
    const { page, context } = await console_.visit('admin', '/')
    await page.getByRole('heading', { name: 'Overview' }).waitFor()
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').waitFor()
    await page.keyboard.type('bad-')
    await page
      .getByRole('option', { name: /بالعالم/ })
      .first()
      .waitFor()
    expect(await faultsOf(page, 1_280)).toEqual([])
    expect(await groundOf(page)).not.toBe('rgba(0, 0, 0, 0)')
    await page.keyboard.press('Escape')
    await page.goto(`${console_.url()}/workflows`)
    await page.getByRole('button', { name: /^Start .*بالعالم/ }).click()
    await page.getByRole('dialog').getByText('Data to begin with').click()
    expect(await faultsOf(page, 1_280)).toEqual([])
    expect(await groundOf(page)).not.toBe('rgba(0, 0, 0, 0)')
    await page.setViewportSize({ width: 360, height: 740 })
    await page.goto(`${console_.url()}/workflows`)
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('dialog').getByRole('link', { name: 'Inbox' }).waitFor()
    expect(await groundOf(page)).not.toBe('rgba(0, 0, 0, 0)')
    await context.close()
  })

  test('100,000 characters are six lines, their length, and all of them on demand', async () => {
    const { page, context } = await console_.visit('admin', `/instances/${given.waiting}?tab=data`)
    const all = page.getByRole('button', { name: 'Show all 100,000 characters' }).first()
    await all.waitFor()
    const height = () =>
      page.locator('main').evaluate((main) => (main.querySelector('[role=group] [dir=auto]') as HTMLElement).offsetHeight)
    const short = await page.evaluate(() => document.body.innerText.length)
    expect(short).toBeLessThan(20_000)
    expect(await height()).toBeLessThan(7 * 20)
    await all.click()
    await expect.poll(() => page.evaluate(() => document.body.innerText.length)).toBeGreaterThan(100_000)
    await context.close()
  })
})

/** Nothing of the page shines through what lies over it. */
const groundOf = (page: Page): Promise<string> => page.getByRole('dialog').evaluate((dialog) => getComputedStyle(dialog).backgroundColor)

/** What is wrong with what is to be seen. */
const faultsOf = async (page: Page, width: number): Promise<readonly string[]> =>
  page.evaluate(
    ({ ran, rtl, most }) => {
      const faults: string[] = []
      if (ran in window) faults.push('a script ran')
      if (document.querySelector('main img:not(.cm-widgetBuffer), main script, [role=dialog] img') !== null)
        faults.push('markup became elements')
      const { scrollWidth } = document.documentElement
      if (scrollWidth > most + 1) faults.push(`${scrollWidth} px wide`)
      const beginning = rtl.slice(0, 5)
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const text = node.textContent ?? ''
        const parent = node.parentElement
        if (parent === null || parent.closest('script, style, option, textarea, .cm-editor, title, svg, .mr-unseen') !== null) continue
        if (text.length > 5_000) faults.push(`${text.length} characters at once: ${text.slice(0, 40)}`)
        if (!text.includes(beginning)) continue
        // Isolated by its element, or within the sentence by marks of its own.
        const isMarked = text.includes('\u2068')
        if (!isMarked && parent.closest('bdi, [dir=auto]') === null)
          faults.push(`not isolated: ${text.slice(0, 60)} in ${parent.outerHTML.slice(0, 120)}`)
      }
      return faults
    },
    { ran: RAN, rtl: RTL, most: width },
  )
