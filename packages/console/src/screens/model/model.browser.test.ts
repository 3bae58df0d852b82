/** One draft, two people in two browsers: they see each other, and neither loses what they typed. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ConsoleUnderTest, hasChromium, openConsole, type Visitor } from '../../console.fixture.ts'

const MODEL = 'publish-page'

describe.skipIf(!hasChromium)('a draft that two people edit', () => {
  let console: ConsoleUnderTest
  let text: string
  let ana: Visitor
  let admin: Visitor

  const draft = async (): Promise<string> => (await console.served().host.store.definitions.draft('default', MODEL))?.text ?? ''

  beforeAll(async () => {
    console = await openConsole()
    await console.served().host.store.people.setRoles('default', 'ana', ['editor'], 'test')
    text = await draft()
    ;[ana, admin] = (await Promise.all(['ana', 'admin'].map((user) => console.visit(user, `/models/${MODEL}`)))) as [Visitor, Visitor]
    await Promise.all([ana, admin].map(({ page }) => page.locator('.cm-content').waitFor()))
  })
  beforeEach(async () => {
    await type(admin.page, text)
    await expect.poll(draft, { timeout: 10_000 }).toBe(text)
    await expect.poll(() => shown(ana.page), { timeout: 10_000 }).toContain('title: Announce it')
  })
  afterAll(async () => {
    const complaints = console.complaints.filter((line) => !/ERR_INTERNET_DISCONNECTED|412/.test(line))
    if (complaints.length > 0) throw new Error(`The pages complained: ${complaints.join(', ')}`)
    await console.close()
  })

  /** The admin types while their line is cut, and Ana saves meanwhile; then the line is back. */
  const atOnce = async (mine: string, theirs: string): Promise<void> => {
    await admin.context.setOffline(true)
    await type(admin.page, mine)
    await type(ana.page, theirs)
    await expect.poll(draft, { timeout: 10_000 }).toBe(theirs)
    await admin.context.setOffline(false)
  }

  test('they see each other, until one leaves', async () => {
    await admin.page.getByText(/Ana Editor has it open/).waitFor()
    await ana.page.getByText(/Administrator.* has it open|admin.* has it open/i).waitFor()
    await ana.page.goto(`${console.url()}/workflows`)
    // Told at once, not when it is noticed.
    await admin.page.getByText(/has it open/).waitFor({ state: 'detached', timeout: 5_000 })
    await ana.page.goto(`${console.url()}/models/${MODEL}`)
    await ana.page.locator('.cm-content').waitFor()
  })

  test('what each changed in another place is in both texts, and is said', async () => {
    await atOnce(text.replace('title: Announce it', 'title: Tell everybody'), text.replace('due: P1D', 'due: P3D'))
    const both = text.replace('title: Announce it', 'title: Tell everybody').replace('due: P1D', 'due: P3D')
    await expect.poll(draft, { timeout: 30_000 }).toBe(both)
    await admin.page.getByText(/Ana Editor changed this draft too/).waitFor()
    await admin.page.getByText(/due of review/).waitFor()
    await expect.poll(() => shown(admin.page)).toContain('due: P3D')
    await expect.poll(() => shown(ana.page), { timeout: 10_000 }).toContain('title: Tell everybody')
    await admin.page.getByRole('button', { name: 'All right' }).click()
  })

  test('of what both changed one is chosen, and nothing is saved before', async () => {
    const mine = text.replace('title: Announce it', 'title: Tell everybody')
    const theirs = text.replace('title: Announce it', 'title: Tell Bo').replace('due: P1D', 'due: P3D')
    await atOnce(mine, theirs)
    const dialog = admin.page.getByRole('dialog')
    await dialog.getByText('title of announce', { exact: true }).waitFor({ timeout: 30_000 })
    expect(await dialog.getByRole('button', { name: '1 choice left' }).isDisabled()).toBe(true)
    expect(await draft()).toBe(theirs)
    await dialog.getByText('Tell Bo').first().click()
    await dialog.getByRole('button', { name: 'Save both together' }).click()
    await expect.poll(() => shown(admin.page)).toContain('title: Tell Bo')
    await expect.poll(() => shown(admin.page)).toContain('due: P3D')
    expect(await draft()).toBe(theirs)
  })
})

const shown = (page: Page): Promise<string> => page.locator('.cm-content').innerText()

const type = async (page: Page, text: string): Promise<void> => {
  await page.locator('.cm-content').click()
  await page.keyboard.press('Control+A')
  // Over a selection Chromium itself would bring styles along, which the page's policy refuses.
  await page.keyboard.press('Delete')
  await page.keyboard.insertText(text)
}
