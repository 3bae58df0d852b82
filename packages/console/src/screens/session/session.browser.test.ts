import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ConsoleUnderTest, hasChromium, openConsole } from '../../console.fixture.ts'

describe.skipIf(!hasChromium)('signing in, in Chromium', () => {
  let console_: ConsoleUnderTest
  beforeAll(async () => {
    console_ = await openConsole()
  })
  afterAll(() => console_.close())

  test('a deep link leads through the form to where it points, and only inside the console', async () => {
    const { page, context } = await console_.visit('ana', '/preferences')
    await context.clearCookies()
    await page.goto(`${console_.url()}/inbox/done?sort=created`)
    await page.waitForURL(/sign-in/)
    await page.getByLabel('Name').fill('ana')
    await page.getByLabel('Password').fill('wrong')
    await page.keyboard.press('Enter')
    await page.getByText(/Name or password is wrong/).waitFor()
    await page.getByLabel('Password').fill(console_.password)
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/inbox\/done\?sort=created/)
    await page.goto(`${console_.url()}/sign-in?to=${encodeURIComponent('//evil.example/')}`)
    await page.waitForURL(`${console_.url()}/`)
    await context.close()
  })

  test('a session that ended asks for the password over the page, and the decision under way is taken once', async () => {
    const id = await console_.publish('/expired/one')
    const { page, context } = await console_.visit('ana', `/inbox/open?item=${id}.1`)
    await page.getByRole('button', { name: /Publish/ }).waitFor()
    await page.locator('#item-comment').fill('Keep this')
    const cookies = await context.cookies()
    await context.clearCookies()
    await page.getByRole('button', { name: /Publish/ }).click()
    const layer = page.getByRole('dialog', { name: 'Sign in again' })
    await layer.waitFor()
    expect(await page.locator('#item-comment').inputValue()).toBe('Keep this')
    expect(cookies.length).toBeGreaterThan(0)
    // Escape does not leave: there is nothing behind without a session.
    await page.keyboard.press('Escape')
    await layer.waitFor()
    await layer.getByLabel('Password').fill(console_.password)
    await page.keyboard.press('Enter')
    await layer.waitFor({ state: 'detached' })
    await expect.poll(async () => (await console_.served().host.instance(id))?.status).toBe('COMPLETED')
    const history = await console_.served().host.store.queries.history(id, { limit: 100 })
    expect(history.filter(({ type, node }) => type === 'closed' && node === 'review')).toHaveLength(1)
    await context.close()
  })

  test('signing out in one tab ends the other, too', async () => {
    const { page, context } = await console_.visit('ana', '/')
    const other = await context.newPage()
    await other.goto(`${console_.url()}/inbox/open`)
    await other.getByRole('link', { name: /Inbox/ }).first().waitFor()
    await page.getByRole('button', { name: /Signed in as/ }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.waitForURL(/sign-in/)
    await other.waitForURL(/sign-in/)
    await context.close()
  })

  test('theme and language are there with the first paint, and are the same in another browser', async () => {
    const { page, context } = await console_.visit('cleo', '/preferences')
    await page.getByLabel('Colours').selectOption('dark')
    await page.getByLabel('Language').selectOption('de')
    await page.getByRole('heading', { name: 'Einstellungen' }).waitFor()
    await page.waitForTimeout(300)
    // Before any module has run: what boot.js set.
    await page.route('**/assets/**', (route) => route.abort())
    await page.reload({ waitUntil: 'commit' })
    await expect
      .poll(() => page.evaluate(() => [document.documentElement.dataset.mantineColorScheme, document.documentElement.lang]))
      .toEqual(['dark', 'de'])
    await context.close()
    const elsewhere = await console_.visit('cleo', '/preferences')
    await elsewhere.page.getByRole('heading', { name: 'Einstellungen' }).waitFor()
    await expect.poll(() => elsewhere.page.evaluate(() => document.documentElement.dataset.mantineColorScheme)).toBe('dark')
    await elsewhere.context.close()
  })
})
