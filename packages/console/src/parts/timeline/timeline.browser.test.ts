/** Ten thousand steps in a real browser: no frame with a blank row while they fly past, and few elements on the page. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasChromium, type PartPage, servePart } from '../part-page.fixture.ts'

describe.skipIf(!hasChromium)('the timeline in Chromium', () => {
  let part: PartPage

  beforeAll(async () => {
    part = await servePart(new URL('./bench-page.tsx', import.meta.url))
  })
  afterAll(() => part.close())

  test('shows no blank row while ten thousand scroll by at 3,000 pixels a second', async () => {
    const { page, complaints } = await part.open()
    await page.getByRole('listbox').waitFor()
    const seen = await page.evaluate(async () => {
      const list = document.querySelector('[role=listbox]')
      if (list === null) throw new Error('There is a list.')
      const { left, top, height } = list.getBoundingClientRect()
      const counts = { frames: 0, blank: 0, most: 0 }
      const began = performance.now()
      for (let now = began; now - began < 3_000; ) {
        now = await new Promise<number>((resolve) => requestAnimationFrame(resolve))
        // What is on the screen now was scrolled to in the frame before.
        for (let y = top + 5; y < top + height; y += 24) {
          if (document.elementFromPoint(left + 50, y)?.closest('[data-step]') instanceof Element) continue
          counts.blank++
        }
        counts.frames++
        counts.most = Math.max(counts.most, document.querySelectorAll('[data-step]').length)
        list.scrollTop = ((now - began) / 1_000) * 3_000
      }
      return counts
    })
    process.stdout.write(`10,000 rows: ${seen.frames} frames in 3 s, ${seen.blank} blank rows, at most ${seen.most} rows drawn\n`)
    expect(seen.blank).toBe(0)
    expect(seen.most).toBeLessThan(100)
    expect(complaints).toEqual([])
    await page.close()
  })

  test('goes to the last of ten thousand and zooms by keys', async () => {
    const { page, complaints } = await part.open()
    const list = page.getByRole('listbox')
    await list.press('End')
    expect(await list.getByRole('option', { name: 'Step 10000 of the loop' }).getAttribute('aria-selected')).toBe('true')
    const ticks = () => page.locator('svg text').allTextContents()
    const before = await ticks()
    await list.press('+')
    await list.press('ArrowRight')
    expect(await ticks()).not.toEqual(before)
    await list.press('0')
    expect(await ticks()).toEqual(before)
    expect(complaints).toEqual([])
    await page.close()
  })
})
