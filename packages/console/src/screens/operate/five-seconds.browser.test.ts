/** Five seconds: what is wrong among ten thousand instances is seen at once, and a click on it shows exactly what it is about. */
import { rm } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ConsoleUnderTest, hasChromium, openConsole } from '../../console.fixture.ts'
import { giveTroubles, HEALTHY, type Troubled, troubledClock, troubledProject } from './troubles.fixture.ts'

const FIVE_SECONDS = 5_000
const HEIGHT = 800

/** What an operator reads, of each kind; the numbers are those of the fixture. `\s` = the space that keeps a number to its unit. */
const SENTENCES: { readonly [C in keyof Troubled]: RegExp } = {
  STALE: /2 instances do not move and nothing explains why/,
  INCIDENTS: /23 instances of Refund failed at Charge: HTTP 503 from pay\.example .*PAYMENT_DOWN/,
  NOBODY: /4 work items have nobody who can answer/,
  OVERDUE: /3 instances have timers or retries more than 1\smin past their time/,
  SCHEDULED_MISSED: /2 scheduled starts are more than 1\smin past their time/,
  QUEUED_LONG: /2 instances have been queued for more than 1\sh/,
  LATE: /5 work items are late/,
  SUSPENDED_LONG: /2 suspended for more than 24\sh/,
  FAILED: /3 failed within 24\sh/,
}
const CODES = Object.keys(SENTENCES) as readonly (keyof Troubled)[]

describe.skipIf(!hasChromium)('five seconds', () => {
  const clock = troubledClock()
  let project: string
  let console_: ConsoleUnderTest
  let troubled: Troubled
  beforeAll(async () => {
    project = await troubledProject()
    console_ = await openConsole({ project, clock })
    const began = performance.now()
    troubled = await giveTroubles(console_.served().host, clock)
    process.stdout.write(
      `${HEALTHY} healthy instances and nine kinds of trouble in ${Math.round((performance.now() - began) / 100) / 10} s\n`,
    )
  })
  afterAll(async () => {
    await console_.close()
    await rm(project, { recursive: true })
  })

  const visit = async () => (await console_.visit('admin', '/operate')).page

  test('each of nine kinds of trouble stands in the first viewport, within five seconds of opening the page', async () => {
    const page = await visit()
    await page.reload({ waitUntil: 'commit' })
    const began = performance.now()
    const section = stuckOn(page)
    for (const code of CODES) await section.getByText(SENTENCES[code]).first().waitFor({ timeout: FIVE_SECONDS })
    const took = performance.now() - began
    process.stdout.write(`All nine are painted after ${Math.round(took)} ms\n`)
    expect(took).toBeLessThan(FIVE_SECONDS)
    for (const code of CODES) {
      const box = await section.getByText(SENTENCES[code]).first().boundingBox()
      if (box === null) throw new Error(`${code} is not shown.`)
      expect([code, box.y >= 0 && box.y + box.height <= HEIGHT]).toEqual([code, true])
    }
    expect(await page.evaluate(() => scrollY)).toBe(0)
    await page.context().close()
  })

  test('no cause hides a kind: six causes of incidents, and each kind has its place, worst first', async () => {
    const { lines, rest } = await console_.served().host.operate('default')
    expect([...lines, ...rest].filter(({ code }) => code === 'INCIDENTS')).toHaveLength(5)
    expect(lines.map(({ code }) => code)).toEqual(CODES.slice(0, 7))
    expect(rest.map(({ code }) => code).slice(0, 2)).toEqual(['SUSPENDED_LONG', 'FAILED'])
  })

  test.each(CODES)('%s: its link shows exactly its rows', async (code) => {
    const page = await visit()
    const section = stuckOn(page)
    const line = section.getByRole('listitem').filter({ hasText: SENTENCES[code] })
    await line.first().waitFor()
    const isBrief = code === 'SUSPENDED_LONG' || code === 'FAILED'
    await (isBrief ? line.getByRole('link', { name: SENTENCES[code] }) : line.getByRole('link', { name: 'Show' })).click()
    await expect.poll(() => idsOn(page)).toEqual([...troubled[code]].sort())
    await page.context().close()
  })

  test('a bar opens exactly the rows it counts: late items among all of their age, failures of the day', async () => {
    const page = await visit()
    const ages = page.getByRole('figure', { name: 'Open work items by age' })
    const bar = ages.getByRole('link', { name: /^1 h – 4 h: 5,010 open work items$/ })
    await bar.click()
    await page.waitForURL(/\/inbox\/all\?createdFrom=.*createdTo=/)
    await page.getByText(/^Opened .* to /).waitFor()
    await page.goBack()
    await ages.getByRole('button', { name: 'Show as a table' }).click()
    await ages.getByRole('row', { name: 'Answer a complaint' }).getByRole('link', { name: '5', exact: true }).click()
    await expect.poll(() => idsOn(page)).toEqual([...troubled.LATE].sort())
    await page.goBack()
    const days = page.getByRole('figure', { name: 'Started and ended by day' })
    await days.getByRole('button', { name: 'Show as a table' }).click()
    const numbers = days.getByRole('row', { name: 'failed' }).getByRole('link', { name: '3', exact: true })
    await numbers.click()
    await expect.poll(() => idsOn(page)).toEqual([...troubled.FAILED].sort())
    await page.context().close()
  })

  test('nothing is complained of by the browser', () => {
    expect(console_.complaints).toEqual([])
  })
})

const stuckOn = (page: Page) => page.locator('section').filter({ has: page.getByRole('heading', { name: 'What is stuck' }) })

/** Instances whose rows the page shows: of a list, of the inbox, of a table. */
const idsOn = async (page: Page): Promise<readonly string[]> => {
  const found = await page
    .locator('main')
    .evaluate((main) => [
      ...new Set(
        [...main.querySelectorAll('a[href*="/instances/"], a[href*="item="], [data-id]')].flatMap(
          (element) =>
            /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/.exec(
              `${element.getAttribute('href') ?? ''} ${element.getAttribute('data-id') ?? ''}`,
            )?.[0] ?? [],
        ),
      ),
    ])
  return found.sort()
}
