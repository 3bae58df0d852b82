/**
 * The console as people use it: the real server, two people in two browsers, decisions, a race, a restart, a model mended and synced. Every page is looked
 * at by axe, and a violation of the content security policy fails whatever test it happens in.
 */
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { hashPassword } from '@millrace/server'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { consoleBuild } from './serve/console-build.ts'
import { type Served, serve } from './serve/serve.ts'

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
const hasChromium = existsSync(CHROMIUM)
if (!hasChromium) process.stderr.write(`Skipped: there is no Chromium at ${CHROMIUM}. Install it, or set CHROMIUM.\n`)

const root = resolve(import.meta.dirname, '../../..')
const SHOTS = join(root, 'screenshots')
const PASSWORD = 'a long enough password'

/** Only one branch is taken, and the join waits for both. */
const UNSOUND = `id: publish-page
title: Publish a page
payload: path
nodes:
  - { id: a, type: or-split, branches: [ { when: "initiator == 'ana'", to: b }, { default: true, to: c } ] }
  - { id: b, type: process, task: log, next: d }
  - { id: c, type: process, task: log, next: d }
  - { id: d, type: and-join, next: end }
`

describe.skipIf(!hasChromium)('the console in Chromium', () => {
  let data: string
  let served: Served
  let browser: Browser
  let build: string | undefined
  let port = 0
  const violations: string[] = []

  const start = async (): Promise<void> => {
    served = await serve({
      project: join(root, 'examples'),
      data,
      port,
      version: 'test',
      logLevel: 'error',
      ...(build === undefined ? {} : { console: build }),
    })
    port = Number(new URL(served.url).port)
  }

  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), 'millrace-console-'))
    process.env['MILLRACE_CONFIG'] = join(data, 'config')
    await mkdir(SHOTS, { recursive: true })
    build = await consoleBuild(() => undefined)
    await start()
    for (const name of ['ana', 'bo', 'cleo', 'admin']) {
      const user = await served.host.store.people.user(name)
      if (user !== undefined) await served.host.store.people.saveUser({ ...user, passwordHash: await hashPassword(PASSWORD) }, 'test')
    }
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    })
  })

  afterAll(async () => {
    await browser.close()
    await served.close()
    await rm(data, { recursive: true, force: true })
    if (violations.length > 0) throw new Error(`The pages broke their own policy: ${violations.join(', ')}`)
  })

  /** A browser of one person, signed in at the door. */
  const signedIn = async (
    user: string,
    options: Parameters<Browser['newContext']>[0] = {},
  ): Promise<{ readonly page: Page; readonly context: BrowserContext }> => {
    const context = await browser.newContext({ viewport: { width: 1_280, height: 800 }, locale: 'en', ...options })
    await context.addInitScript(
      "document.addEventListener('securitypolicyviolation', (event) => console.error(`CSP ${event.violatedDirective} ${event.blockedURI}`))",
    )
    const page = await context.newPage()
    page.on('console', (message) => {
      if (message.text().startsWith('CSP ')) violations.push(message.text())
    })
    page.on('pageerror', (error) => violations.push(`error in the page: ${error.message}`))
    await page.goto(`${served.url}/sign-in`)
    await page.locator('input[autocomplete=username]').fill(user)
    await page.locator('input[type=password]').fill(PASSWORD)
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => !url.pathname.includes('sign-in'))
    return { page, context }
  }

  const publish = async (payload: string, user = 'bo'): Promise<string> => {
    const { id } = await served.host.start(
      { workspace: 'default', workflow: 'publish-page', payload: { kind: 'path', ref: payload } },
      { user, groups: [], isOperator: false },
    )
    return id
  }

  const statusOf = async (id: string) => (await served.host.instance(id))?.status

  test('an author and an editor publish a page: sent back with a reason, reworked, approved', async () => {
    const author = await signedIn('bo')
    const editor = await signedIn('ana')
    const id = await publish('/content/home')
    // Pushed by the stream: nobody reloads.
    await editor.page.goto(`${served.url}/inbox/open`)
    await editor.page.getByText('Review /content/home').first().click()
    await editor.page.getByRole('button', { name: /Send back/ }).click()
    await editor.page.getByLabel(/What should change/).fill('A typo in the title')
    await editor.page
      .getByRole('button', { name: /Send back/ })
      .last()
      .click()
    await expect.poll(async () => (await served.host.instance(id))?.data['reason']).toBe('A typo in the title')

    await author.page.goto(`${served.url}/inbox/open`)
    await author.page.getByText('Rework /content/home').first().click()
    await expect.poll(() => author.page.getByText('A typo in the title').first().isVisible()).toBe(true)
    await decide(author.page, /Done|Complete/)
    await expect.poll(async () => (await served.host.instance(id))?.steps[0]?.node).toBe('review')

    await editor.page.getByText('Review /content/home').first().click()
    await decide(editor.page, /Publish/)
    await expect.poll(() => statusOf(id)).toBe('COMPLETED')

    await author.page.goto(`${served.url}/instances/${id}`)
    await author.page.getByText('Publish a page: /content/home').first().waitFor()
    await author.page.getByText('Announce it').first().waitFor()
    await author.context.close()
    await editor.context.close()
  })

  test('a decision that somebody else was first with says who, and nothing is done twice', async () => {
    const { page, context } = await signedIn('ana')
    const id = await publish('/content/race')
    await page.goto(`${served.url}/inbox/open?item=${id}.1`)
    await page.getByRole('button', { name: /Publish/ }).waitFor()
    await served.host.command(id, {
      kind: 'complete',
      by: { user: 'admin', groups: ['editors'], isOperator: true },
      step: 1,
      route: 'approve',
    })
    await expect
      .poll(() =>
        page
          .getByText(/admin|Administrator/)
          .first()
          .isVisible(),
      )
      .toBe(true)
    await expect.poll(() => statusOf(id)).toBe('COMPLETED')
    await context.close()
  })

  test('the refund in code is approved from the same inbox, also after the server was restarted under the open page', async () => {
    const { page, context } = await signedIn('cleo')
    const { id } = await served.host.start(
      { workspace: 'default', workflow: 'refund', input: { orderId: '77', amount: 30 } },
      { user: 'bo', groups: [], isOperator: false },
    )
    await page.goto(`${served.url}/inbox/open?item=${id}.1`)
    await page.getByRole('button', { name: /approve/i }).waitFor()
    await served.close()
    await start()
    await decide(page, /approve/i)
    await expect.poll(() => statusOf(id), { timeout: 20_000 }).toBe('COMPLETED')
    await context.close()
  })

  test('a model is edited, found unsound, shown as a play, mended and synced', async () => {
    const { page, context } = await signedIn('admin')
    await page.goto(`${served.url}/models/publish-page`)
    const text = page.locator('.cm-content')
    await text.waitFor()
    const sound = await served.host.store.definitions.draft('default', 'publish-page')
    await replaceText(page, UNSOUND)
    await expect.poll(() => page.getByText('Can hang').first().isVisible(), { timeout: 10_000 }).toBe(true)
    await page.getByRole('button', { name: 'See the play' }).click()
    await replaceText(page, `${sound?.text ?? ''}# mended\n`)
    await expect
      .poll(
        () =>
          page
            .getByText(/^Sound/)
            .first()
            .isVisible(),
        { timeout: 10_000 },
      )
      .toBe(true)
    await replaceText(page, (sound?.text ?? '').replace('title: Publish the page', 'title: Publish it'))
    await expect
      .poll(
        () =>
          page
            .getByText(/^Sound/)
            .first()
            .isVisible(),
        { timeout: 10_000 },
      )
      .toBe(true)
    await page.getByRole('button', { name: 'Sync…' }).click()
    await page.getByRole('button', { name: 'Sync as version 2' }).click()
    await expect
      .poll(async () => (await served.host.store.definitions.version('default', 'publish-page'))?.version, { timeout: 10_000 })
      .toBe(2)
    await context.close()
  })

  const PAGES = [
    '/',
    '/inbox/open',
    '/instances',
    '/workflows',
    '/models/publish-page',
    '/workflows/refund',
    '/operate',
    '/incidents',
    '/locks',
    '/doctor',
    '/users',
    '/groups',
    '/tokens',
    '/preferences',
    '/users?user=bo',
    '/groups?group=editors',
    '/nowhere',
  ]

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`every page is free of serious findings of axe, and has its picture (${colorScheme})`, async () => {
      const { page, context } = await signedIn('admin', { colorScheme })
      const id = await publish(`/content/${colorScheme}`, 'admin')
      const found: string[] = []
      for (const path of [
        ...PAGES,
        `/inbox/open?item=${id}.1`,
        ...['run', 'data', 'history', 'lineage'].map((tab) => `/instances/${id}?tab=${tab}`),
      ]) {
        await page.goto(`${served.url}${path}`)
        await page.waitForTimeout(700)
        await page.screenshot({ path: join(SHOTS, `${path.replace(id, 'id').replaceAll(/[^a-z]+/g, '-')}-${colorScheme}.png`) })
        const { violations: findings } = await new AxeBuilder({ page }).exclude('.react-flow__attribution').analyze()
        for (const finding of findings) {
          if (finding.impact === 'serious' || finding.impact === 'critical')
            found.push(`${path}: ${finding.id}: ${finding.nodes[0]?.target.join(' ')}`)
        }
      }
      await page.setViewportSize({ width: 360, height: 740 })
      for (const path of PAGES) {
        await page.goto(`${served.url}${path}`)
        await page.waitForTimeout(400)
        await page.screenshot({ path: join(SHOTS, `${path.replaceAll(/[^a-z]+/g, '-')}-phone-${colorScheme}.png`) })
        const wide = await page.evaluate<number>('document.documentElement.scrollWidth')
        if (wide > 361) found.push(`${path} at 360 px is ${wide} px wide`)
      }
      expect(found).toEqual([])
      await context.close()
      // Thirty pages, each looked at by axe: a machine that others share takes a minute, and may take three.
    }, 300_000)
  }

  test('the page speaks German to who asks for it', async () => {
    const { page, context } = await signedIn('ana', { locale: 'de-DE' })
    await page.goto(`${served.url}/inbox/open`)
    await expect
      .poll(() =>
        page
          .getByText(/Eingang|Posteingang/)
          .first()
          .isVisible(),
      )
      .toBe(true)
    await context.close()
  })
})

/** Presses a route; a bar that asks for confirmation gets it. */
const decide = async (page: Page, name: RegExp): Promise<void> => {
  const bar = page.getByRole('button', { name })
  await bar.first().click()
  await page.waitForTimeout(300)
  if (await bar.last().isVisible())
    await bar
      .last()
      .click({ timeout: 2_000 })
      .catch(() => undefined)
}

const replaceText = async (page: Page, text: string): Promise<void> => {
  await page.locator('.cm-content').click()
  await page.keyboard.press('Control+A')
  // Over a selection Chromium itself would bring styles along, which the page's policy refuses.
  await page.keyboard.press('Delete')
  await page.keyboard.insertText(text)
}
