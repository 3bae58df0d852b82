import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ConsoleUnderTest, hasChromium, openConsole } from '../../console.fixture.ts'

describe.skipIf(!hasChromium)('many tabs of one browser', () => {
  let console_: ConsoleUnderTest
  beforeAll(async () => {
    console_ = await openConsole()
  })
  afterAll(() => console_.close())

  /** Rows behind the tab "Inbox", as the page says it. */
  const countIn = async (page: Page): Promise<number> =>
    Number(
      (
        await page
          .getByRole('link', { name: /^Inbox\s*\d+$/ })
          .first()
          .textContent()
      )?.replace(/\D/g, ''),
    )

  test('ten tabs share one stream; the leader closes in a burst, the server goes for two seconds, and all of them end equal to the server', async () => {
    const { page: leader, context } = await console_.visit('ana')
    let streams = 0
    context.on('request', (request) => {
      if (request.url().includes('/api/v1/events')) streams++
    })
    await leader.locator('main').waitFor()
    const tabs: Page[] = []
    for (let n = 0; n < 9; n++) {
      const tab = await context.newPage()
      await tab.goto(`${console_.url()}/inbox/open`)
      tabs.push(tab)
    }
    for (const tab of tabs)
      await tab
        .getByRole('link', { name: /^Inbox\s*\d+$/ })
        .first()
        .waitFor({ timeout: 20_000 })
    // Ten tabs, and at most the first asked for a stream after we began to count.
    expect(streams).toBeLessThanOrEqual(1)

    const burst = async (name: string, count: number) => {
      for (let n = 0; n < count; n++) await console_.publish(`/tabs/${name}/${n}`)
    }
    const publishing = burst('first', 40)
    await leader.waitForTimeout(50)
    await leader.close()
    await publishing
    await console_.stop()
    await new Promise((resolve) => setTimeout(resolve, 2_000))
    await console_.start()
    await burst('second', 20)

    const server = (
      await console_
        .served()
        .host.store.queries.inboxCounts('default', { user: 'ana', groups: ['editors', 'chief-editors'], seesAll: false })
    ).groups
    expect(server).toBeGreaterThanOrEqual(60)
    for (const tab of tabs) await expect.poll(() => countIn(tab), { timeout: 30_000 }).toBe(server)
    await context.close()
  })
})
