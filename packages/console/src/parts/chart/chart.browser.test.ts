/** Bars in a real browser: each as high as its number, each a link to its rows, by pointer and by keys; the same numbers as a table; both themes. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasChromium, type PartPage, servePart } from '../part-page.fixture.ts'

describe.skipIf(!hasChromium)('a chart in Chromium', () => {
  let part: PartPage
  beforeAll(async () => {
    part = await servePart(new URL('./chart-page.tsx', import.meta.url))
  })
  afterAll(() => part.close())

  const open = async () => {
    const opened = await part.open()
    await chart(opened.page, 'Days').getByRole('link').first().waitFor()
    return opened
  }

  test('each bar is as high as its number; none and unknown have no bar', async () => {
    const { page, complaints } = await open()
    const bars = await chart(page, 'Ages')
      .getByRole('link')
      .evaluateAll((links) => links.map((link) => ({ name: link.getAttribute('aria-label'), height: link.getBoundingClientRect().height })))
    expect(bars.map(({ name }) => name)).toEqual([
      '< 1 h: 12 open items',
      '1 h – 4 h: 40 open items',
      '24 h – 3 d: 8 open items',
      '3 d – 7 d: 1 open items',
      '> 7 d: 20 open items',
    ])
    const perItem = (bars[1]?.height ?? 0) / 40
    expect(perItem).toBeGreaterThan(2)
    for (const [at, count] of [12, 40, 8, 1, 20].entries())
      expect(Math.abs((bars[at]?.height ?? 0) - count * perItem)).toBeLessThanOrEqual(2)
    const first = await chart(page, 'Days').getByRole('link').first().getAttribute('aria-label')
    expect(first).toBe('3 March: 8 started')
    expect(complaints).toEqual([])
    await page.close()
  })

  test('the links lie on what is painted, also after the page became narrow', async () => {
    const { page } = await open()
    for (const width of [1_280, 360]) {
      await page.setViewportSize({ width, height: 800 })
      await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      // The colour in the middle of a solid bar is that of its series; the one above it is the ground.
      await expect.poll(() => painted(page, '14 March: 15 completed')).toEqual({ inside: true, above: false })
      await expect.poll(() => painted(page, '9 March: 9 completed')).toEqual({ inside: true, above: false })
    }
    await page.close()
  })

  test('Tab reaches one bar, arrows the others, Enter its rows', async () => {
    const { page } = await open()
    await page.keyboard.press('Tab')
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
    expect(await focused()).toBe('< 1 h: 12 open items')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    expect(await focused()).toBe('24 h – 3 d: 8 open items')
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    expect(new URL(page.url()).hash).toBe('#items/5')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Show as a table')
    await page.keyboard.press('Tab')
    await page.keyboard.press('End')
    expect(await focused()).toBe('14 March: 5 failed')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    expect(await focused()).toBe('14 March: 20 started')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Enter')
    expect(new URL(page.url()).hash).toBe('#started/12')
    await page.close()
  })

  test('the table has the same numbers and the same links; unknown is said, and is not 0', async () => {
    const { page } = await open()
    await chart(page, 'Days').getByRole('button', { name: 'Show as a table' }).click()
    const table = page.getByRole('table', { name: 'Days' })
    const row = (name: string) => table.getByRole('row', { name }).getByRole('cell').allTextContents()
    expect(await row('failed')).toEqual(['–not known', '–not known', '1', '0', '0', '0', '4', '1', '0', '2', '0', '0', '2', '5'])
    expect(await row('incidents')).toEqual(['–not known', '–not known', '0', '0', '2', '0', '5', '0', '0', '1', '0', '0', '0', '3'])
    expect(await table.getByRole('row', { name: 'failed' }).getByRole('link', { name: '4' }).getAttribute('href')).toBe('#failed/6')
    await chart(page, 'Days').getByRole('button', { name: 'Show as a chart' }).click()
    await chart(page, 'Days').getByRole('link', { name: '7 March: 4 failed' }).waitFor()
    await page.close()
  })

  test('a change of theme paints anew, and axe finds nothing in either', async () => {
    const { page, complaints } = await open()
    const colour = () => painted(page, '14 March: 15 completed', '#7cc487')
    for (const scheme of ['light', 'dark']) {
      await page.evaluate((name) => document.documentElement.setAttribute('data-mantine-color-scheme', name), scheme)
      await expect.poll(async () => (await colour()).inside).toBe(scheme === 'dark')
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().disableRules(['region', 'page-has-heading-one']).analyze()
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
    }
    expect(complaints).toEqual([])
    await page.close()
  })
})

const chart = (page: Page, name: string) => page.getByRole('figure', { name })

/** Whether the pixels of the canvas in the middle of a bar, and right above it, have a colour. */
const painted = (page: Page, name: string, colour = '#2e6b34') =>
  page.getByRole('link', { name, exact: true }).evaluate((link, wanted) => {
    const canvas = link.closest('figure')?.querySelector('canvas')
    const context = canvas?.getContext('2d')
    if (canvas === null || canvas === undefined || context === null || context === undefined) throw new Error('There is a canvas.')
    const bar = link.getBoundingClientRect()
    const { left, top } = canvas.getBoundingClientRect()
    const at = (y: number) => {
      const [red = 0, green = 0, blue = 0] = context.getImageData(
        (bar.left + bar.width / 2 - left) * devicePixelRatio,
        (y - top) * devicePixelRatio,
        1,
        1,
      ).data
      return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}` === wanted
    }
    return { inside: at(bar.top + bar.height / 2), above: at(bar.top - 12) }
  }, colour)
