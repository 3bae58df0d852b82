/** The editor in a real browser and under our policy: its styles, its workers, what it offers and what it finds. */
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasChromium, type PartPage, servePart } from '../part-page.fixture.ts'

describe.skipIf(!hasChromium)('the editor in Chromium', () => {
  let part: PartPage

  beforeAll(async () => {
    part = await servePart(new URL('./bench-page.tsx', import.meta.url))
  })
  afterAll(() => part.close())

  const open = async () => {
    const { page, complaints } = await part.open()
    const text = page.getByRole('textbox', { name: 'Hello' })
    await text.click()
    return { page, complaints, text }
  }

  test('finds a model sound, then a problem as it is typed, with its mark in the gutter', async () => {
    const { page, complaints } = await open()
    await page.locator('[data-verdict=sound]').waitFor({ state: 'attached' })
    await end(page)
    await page.keyboard.type('  - { id: lost, type: process, task: log, next: end }')
    await page.keyboard.press('Escape')
    const mark = page.locator('.cm-lint-marker-error').first()
    await mark.waitFor()
    // Our shape and not the library's picture: the style element was let in by its nonce.
    expect(await mark.evaluate((element) => getComputedStyle(element).transform)).not.toBe('none')
    await mark.hover()
    await page.locator('.cm-tooltip-lint', { hasText: 'lost' }).waitFor()
    expect(complaints).toEqual([])
  })

  test('offers keys of the node that is being written, and puts in what is chosen', async () => {
    const { page, complaints, text } = await open()
    await end(page)
    const offered = page.locator('.cm-tooltip-autocomplete li')
    await page.keyboard.type('  - id: second\ntype: proc')
    await offered.first().waitFor()
    expect(await offered.allTextContents()).toEqual(['process'])
    await offered.click()
    await page.keyboard.type('\nta')
    await offered.filter({ hasText: 'task' }).click()
    // After a key its values are offered without asking.
    await offered.filter({ hasText: 'crm.sync' }).click()
    expect((await text.innerText()).split('\n').slice(-3)).toEqual(['  - id: second', '    type: process', '    task: crm.sync'])
    expect(complaints).toEqual([])
  })

  test('lets a letter through while the search for unsound plays goes on', async () => {
    const { page, complaints, text } = await open()
    await page.keyboard.press('Control+a')
    await paste(text, heavyModel())
    await end(page)
    const beganMs = performance.now()
    await page.keyboard.type('#x')
    await expect.poll(async () => (await text.innerText()).trimEnd().endsWith('#x')).toBe(true)
    expect(performance.now() - beganMs).toBeLessThan(3_000)
    expect(complaints).toEqual([])
  })

  test('can be left by keys: Escape, then Tab', async () => {
    const { page } = await open()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.closest('.cm-content') === null)).toBe(true)
  })
})

async function end(page: Page): Promise<void> {
  await page.keyboard.press('Control+End')
}

/** As a hand does it: text put in by the driver itself comes with styles that our policy refuses. */
async function paste(into: Locator, pasted: string): Promise<void> {
  await into.evaluate((element, words) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', words)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, pasted)
}

/** Many branches at once, each with a loop that can be entered at two places: nothing folds, and the states of all multiply. */
function heavyModel(): string {
  const branches = Array.from({ length: 12 }, (_, i) => i)
  return [
    'id: heavy',
    'nodes:',
    `  - { id: fork, type: and-split, branches: [${branches.map((i) => `a${i}`).join(', ')}] }`,
    ...branches.flatMap((i) => [
      `  - { id: a${i}, type: participant, assign: initiator, routes: { one: b${i}, other: c${i} } }`,
      `  - { id: b${i}, type: participant, assign: initiator, routes: { again: c${i}, on: all } }`,
      `  - { id: c${i}, type: participant, assign: initiator, routes: { again: b${i}, on: all } }`,
    ]),
    '  - { id: all, type: and-join, next: end }',
    '',
  ].join('\n')
}
