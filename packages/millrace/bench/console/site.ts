/** The server under measurement with its console, and cold browsers to look at it. */
import { existsSync } from 'node:fs'
import type { Host } from '@millrace/protocol'
import { createServer } from '@millrace/server'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { consoleBuild } from '../../src/serve/console-build.ts'
import { PASSWORD } from './seed.ts'

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

export const hasChromium = (): boolean => existsSync(CHROMIUM)

export interface Site {
  readonly host: Host
  readonly url: string
  readonly browser: Browser
  /** Somebody's browser with nothing in its cache, signed in, no page open yet. */
  visitor(user: string, viewport?: { readonly width: number; readonly height: number }): Promise<BrowserContext>
  close(): Promise<void>
}

export const openSite = async (host: Host, print: (text: string) => void): Promise<Site> => {
  const build = await consoleBuild(print)
  if (build === undefined) throw new Error('There is no console to measure: its build failed, see above.')
  const server = await createServer({ host, version: 'bench', console: build, logLevel: 'error' })
  const url = await server.listen({ port: 0 })
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  })
  return {
    host,
    url,
    browser,
    async visitor(user, viewport = { width: 1_280, height: 800 }) {
      const context = await browser.newContext({ viewport, locale: 'en' })
      const answer = await context.request.post(`${url}/api/v1/session`, { data: { user, password: PASSWORD } })
      if (!answer.ok()) throw new Error(`${user} cannot sign in: ${answer.status()} ${await answer.text()}`)
      return context
    },
    async close() {
      await browser.close()
      await server.close()
    },
  }
}

/** Milliseconds from the beginning of the navigation until `isThere`, run in the page before every frame, says true. */
export const timeTo = async (page: Page, url: string, isThere: string): Promise<number> => {
  // As text: the page must have it before its own first script, and this file's types do not know a DOM.
  await page.addInitScript(`window.benchThere = new Promise((resolve) => {
    const isThere = ${isThere}
    const look = () => (isThere() ? resolve(performance.now()) : requestAnimationFrame(look))
    requestAnimationFrame(look)
  })`)
  await page.goto(url, { waitUntil: 'commit' })
  return page.evaluate<number>('window.benchThere')
}
