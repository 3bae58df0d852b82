import { type Figure, median, spread } from '../figure.ts'
import type { Site } from '../site.ts'
import { timeTo } from '../site.ts'

const RUNS = 5

/** From the address to a first row of the inbox that takes the focus: a browser that has never been here. */
export const firstRow = async (site: Site): Promise<readonly Figure[]> => {
  const times: number[] = []
  for (let run = 0; run < RUNS; run++) {
    const context = await site.visitor('ana')
    const page = await context.newPage()
    times.push(
      await timeTo(
        page,
        `${site.url}/inbox/open`,
        `() => {
          const row = document.querySelector('[data-item]')
          row?.focus()
          return row !== null && document.activeElement === row
        }`,
      ),
    )
    await context.close()
  }
  return [{ name: 'inbox: first row can be focused', value: median(times), aim: 1_000, unit: 'ms', more: spread(times) }]
}
