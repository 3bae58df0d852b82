import type { CDPSession } from 'playwright-core'
import type { Figure } from '../figure.ts'
import type { Site } from '../site.ts'

const PX_PER_SECOND = 3_000
/** A gesture at a time: the protocol answers only at its end. */
const GESTURE_SECONDS = 10

/**
 * The list of all instances, scrolled by a finger at 3,000 px/s. Before each frame the page looks whether the rows that are in the document cover what is in
 * view, before it draws anything itself: that is what was on the screen.
 */
export const scrolling = async (site: Site, seconds: number): Promise<readonly Figure[]> => {
  const context = await site.visitor('op')
  const page = await context.newPage()
  await page.goto(`${site.url}/instances?tab=all`)
  await page.waitForSelector('[data-row]')
  // The list's first neighbours and the chunks of the page.
  await page.waitForTimeout(3_000)
  const devtools = await context.newCDPSession(page)
  const before = await memoryMb(devtools)
  await page.evaluate(WATCH)
  const begin = performance.now()
  for (let gone = 0; gone < seconds; gone += GESTURE_SECONDS) {
    await devtools.send('Input.synthesizeScrollGesture', {
      x: 700,
      y: 400,
      yDistance: -PX_PER_SECOND * Math.min(GESTURE_SECONDS, seconds - gone),
      speed: PX_PER_SECOND,
      gestureSourceType: 'mouse',
      preventFling: true,
    })
  }
  const took = (performance.now() - begin) / 1_000
  const seen = await page.evaluate<{ readonly frames: number; readonly blank: number; readonly top: number; readonly held: number }>(
    'window.bench.stop()',
  )
  const after = await memoryMb(devtools)
  await context.close()
  const rows = Math.round(seen.top / 37)
  const more = `${rows} rows passed in ${took.toFixed(0)} s, ${(seen.top / took).toFixed(0)} px/s, ${(seen.frames / took).toFixed(0)} frames/s`
  return [
    { name: 'instances: frames with a blank row while scrolling', value: seen.blank, aim: 0, unit: '', more },
    { name: 'instances: memory added by scrolling', value: after - before, aim: 50, unit: 'MB', more: `from ${before.toFixed(0)} MB` },
    {
      name: 'instances: way scrolled of the way asked for',
      value: (seen.top / (PX_PER_SECOND * seconds)) * 100,
      aim: 95,
      atLeast: true,
      unit: '%',
    },
  ]
}

const WATCH = `window.bench = (() => {
  const scroller = document.querySelector('[data-testid=rows]')
  const seen = { frames: 0, blank: 0, top: 0 }
  let isOver = false
  const look = () => {
    if (isOver) return
    seen.frames++
    seen.top = Math.max(seen.top, scroller.scrollTop)
    const { top, bottom } = scroller.getBoundingClientRect()
    // Below the column titles, in steps of less than a row.
    for (let y = top + 40; y < bottom - 4; y += 30) {
      if (document.elementFromPoint(700, y)?.closest('[role=listitem]') == null) {
        seen.blank++
        break
      }
    }
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
  return { stop: () => { isOver = true; return seen } }
})()`

/** Heap of the page after its garbage was collected, and what the document holds beside it. */
const memoryMb = async (devtools: CDPSession): Promise<number> => {
  await devtools.send('HeapProfiler.collectGarbage')
  const { metrics } = await devtools.send('Performance.enable').then(() => devtools.send('Performance.getMetrics'))
  const used = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN
  return used / 1e6
}
