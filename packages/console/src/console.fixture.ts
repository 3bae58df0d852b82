/**
 * The real server with the built console, and people in browsers: what tests of the whole console stand on. Every complaint of a browser (an error in
 * the page, a violation of the content security policy, a failed request nobody expected) is kept and fails the test that asks.
 */
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Client, createClient } from '@millrace/client'
import type { Clock } from '@millrace/engine'
import { createApiToken, hashPassword } from '@millrace/server'
import { type Served, serve } from 'millrace/serve'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { buildConsole } from '../build-console.ts'

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

export const hasChromium = existsSync(CHROMIUM)
if (!hasChromium) process.stderr.write(`Skipped: there is no Chromium at ${CHROMIUM}. Install it, or set CHROMIUM.\n`)

const PASSWORD = 'a long enough password'
const EXAMPLES = resolve(import.meta.dirname, '../../../examples')

export interface Visitor {
  readonly page: Page
  readonly context: BrowserContext
}

export interface ConsoleUnderTest {
  readonly password: string
  /** What browsers complained of so far, without what was announced by `expect`. */
  readonly complaints: string[]
  url(): string
  /** A program that acts as somebody, with a token of its own. */
  client(user: string): Promise<Client>
  served(): Served
  /** A browser of one person, signed in, at an address of the console. */
  visit(user: string, path?: string, options?: Parameters<Browser['newContext']>[0]): Promise<Visitor>
  /** Starts "Publish a page" and gives the instance's id; its work item is `<id>.1`. */
  publish(path: string, by?: string): Promise<string>
  /** Decides a work item as somebody else would. */
  decide(item: string, user: string, route: string): Promise<void>
  stop(): Promise<void>
  start(): Promise<void>
  close(): Promise<void>
}

export interface ConsoleOptions {
  /** Folder of the project that is served; default: the examples. */
  readonly project?: string
  /** What engine, store and server go by; default: the machine's. */
  readonly clock?: Clock
}

export const openConsole = async ({ project = EXAMPLES, clock }: ConsoleOptions = {}): Promise<ConsoleUnderTest> => {
  const data = await mkdtemp(join(tmpdir(), 'millrace-console-'))
  process.env['MILLRACE_CONFIG'] = join(data, 'config')
  const build = await buildConsole({ onProgress: () => {} })
  const complaints: string[] = []
  let port = 0
  let served: Served

  const start = async (): Promise<void> => {
    served = await serve({
      project,
      data,
      port,
      version: 'test',
      logLevel: 'error',
      console: build,
      ...(clock === undefined ? {} : { clock }),
    })
    port = Number(new URL(served.url).port)
  }
  await start()
  for (const name of ['ana', 'bo', 'cleo', 'admin']) {
    const user = await served!.host.store.people.user(name)
    if (user !== undefined) await served!.host.store.people.saveUser({ ...user, passwordHash: await hashPassword(PASSWORD) }, 'test')
  }
  const browser = await chromium.launch({
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

  return {
    password: PASSWORD,
    complaints,
    url: () => served.url,
    async client(user) {
      const { secret } = await createApiToken(served.host.store, { user, name: 'test', nowMs: Date.now() })
      return createClient({ baseUrl: served.url, token: secret })
    },
    served: () => served,
    async visit(user, path = '/inbox/open', options = {}) {
      const context = await browser.newContext({ viewport: { width: 1_280, height: 800 }, locale: 'en', ...options })
      await context.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', (event) => console.error(`CSP ${event.violatedDirective} ${event.blockedURI}`))
      })
      context.on('page', (page) => listen(page, complaints))
      // At the door of the API: the form itself has a test of its own.
      const answer = await context.request.post(`${served.url}/api/v1/session`, { data: { user, password: PASSWORD } })
      if (!answer.ok()) throw new Error(`${user} cannot sign in: ${answer.status()} ${await answer.text()}`)
      const page = await context.newPage()
      await page.goto(`${served.url}${path}`)
      return { page, context }
    },
    async publish(path, by = 'bo') {
      const { id } = await served.host.start(
        { workspace: 'default', workflow: 'publish-page', payload: { kind: 'path', ref: path } },
        { user: by, groups: [], isOperator: false },
      )
      return id
    },
    async decide(item, user, route) {
      const at = item.lastIndexOf('.')
      await served.host.command(item.slice(0, at), {
        kind: 'complete',
        by: { user, groups: ['editors', 'finance'], isOperator: true },
        step: Number(item.slice(at + 1)),
        route,
      })
    },
    stop: () => served.close(),
    start,
    async close() {
      await browser.close()
      await served.close()
      await rm(data, { recursive: true, force: true })
    },
  }
}

const listen = (page: Page, complaints: string[]): void => {
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${page.url()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`${page.url()}: error in the page: ${error.message}`))
}
