import type { Timeline } from '@millrace/protocol'
import type { Response } from 'playwright-core'
import { type Figure, median, quantile, spread } from '../figure.ts'
import { type Site, timeTo } from '../site.ts'

const RUNS = 5
const WINDOWS = 60
const AFTER_MS = 1_500
const LAST_STEPS = 100
/** Height of a row of the step list, with its hairline. */
const ROW_PX = 37

/** An instance of 10,000 steps: opened cold, then windows of its timeline of every width, and the size of every answer. */
export const longInstance = async (site: Site, id: string): Promise<readonly Figure[]> => {
  const times: number[] = []
  let largest = { bytes: 0, path: '' }
  const weigh = async (response: Response): Promise<void> => {
    const { pathname } = new URL(response.url())
    if (!pathname.startsWith('/api/') || pathname.endsWith('/events')) return
    const bytes = (await response.body()).byteLength
    if (bytes > largest.bytes) largest = { bytes, path: pathname.replace(id, ':id') }
  }
  // A server that has not shown it since it started works its timeline out once.
  const first = await firstTimeline(site, id)
  for (let run = 0; run < RUNS; run++) {
    const context = await site.visitor('op')
    const page = await context.newPage()
    const weighed: Promise<void>[] = []
    page.on('response', (response) => weighed.push(weigh(response)))
    times.push(
      await timeTo(
        page,
        `${site.url}/instances/${id}`,
        `() => {
          const has = (selector) => (document.querySelector(selector)?.textContent ?? '').trim() !== ''
          const steps = document.querySelector('section[aria-label^="Steps"] [role=list]')
          return has('h1#instance') && has('header p') && steps?.querySelector('[data-row]') != null && steps.offsetHeight >= ${LAST_STEPS * ROW_PX}
        }`,
      ),
    )
    // What the page reads after its first sight counts for the sizes too. An event stream is open: the network is never idle.
    await page.waitForTimeout(AFTER_MS)
    await Promise.all(weighed)
    await context.close()
  }

  const context = await site.visitor('op')
  const read = async (query: string) => {
    const begin = performance.now()
    const answer = await context.request.get(`${site.url}/api/v1/instances/${id}/${query}`)
    const body = await answer.body()
    const path = `/${query.split('?', 1)[0]}`
    if (!answer.ok()) throw new Error(`${path}: ${body.toString()}`)
    if (body.byteLength > largest.bytes) largest = { bytes: body.byteLength, path }
    return { ms: performance.now() - begin, body }
  }
  const { steps, fromMs, toMs } = JSON.parse((await read('timeline')).body.toString()) as Timeline
  const windows: number[] = []
  for (let n = 0; n < WINDOWS; n++) {
    // From the whole to a ten-thousandth of it, everywhere in it.
    const width = (toMs - fromMs) / 10 ** (n % 5)
    const from = Math.round(fromMs + ((toMs - fromMs - width) * ((n * 7) % WINDOWS)) / WINDOWS)
    windows.push((await read(`timeline?fromMs=${from}&toMs=${Math.max(from + 1, Math.round(from + width))}&limit=500`)).ms)
  }
  await read('history?limit=500')
  await context.close()
  return [
    {
      name: '10,000 steps: header, why and last 100 steps',
      value: median(times),
      aim: 1_000,
      unit: 'ms',
      more: `${spread(times)}; it has ${steps}`,
    },
    {
      name: '10,000 steps: a window of the timeline, slowest of 60',
      value: Math.max(...windows),
      aim: 200,
      unit: 'ms',
      more: `the first after a start ${first.toFixed(0)}, median ${median(windows).toFixed(1)}, p90 ${quantile(windows, 0.9).toFixed(1)}`,
    },
    { name: '10,000 steps: largest answer', value: largest.bytes / 1_024, aim: 256, unit: 'KiB', more: largest.path },
  ]
}

const firstTimeline = async (site: Site, id: string): Promise<number> => {
  const context = await site.visitor('op')
  const begin = performance.now()
  await context.request.get(`${site.url}/api/v1/instances/${id}/timeline`)
  await context.close()
  return performance.now() - begin
}
