import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { build, preview } from 'vite'

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

export const hasChromium = existsSync(CHROMIUM)
if (!hasChromium) process.stderr.write(`Skipped: there is no Chromium at ${CHROMIUM}. Install it, or set CHROMIUM.\n`)

export interface PartPage {
  readonly browser: Browser
  /** The part in a page of its own, 1280×800, with these parameters (`?nodes=500`). */
  open(query?: string): Promise<OpenPart>
  close(): Promise<void>
}

export interface OpenPart {
  readonly page: Page
  /** What the browser complained of: errors, and violations of the policy. */
  readonly complaints: readonly string[]
}

/** What the console is served with (CONSOLE rule 9), for one page. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-part'; connect-src 'self'; font-src 'self'; worker-src 'self'; img-src 'self' data:"

/** One part alone in a page of its own, built as for production and served under our content security policy. */
export async function servePart(entry: URL): Promise<PartPage> {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-part-'))
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,"><title>Part</title></head><body><script type="module" src="${entry.pathname}"></script></body></html>`
  await writeFile(join(folder, 'index.html'), html)
  const shared = { root: folder, configFile: false, logLevel: 'error' } as const
  const outDir = join(folder, 'build')
  await build({
    ...shared,
    build: { outDir, target: 'es2023', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
    worker: { format: 'es' },
  })
  const server = await preview({ ...shared, build: { outDir }, preview: { port: 0, headers: { 'content-security-policy': POLICY } } })
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] })
  return {
    browser,
    async open(query = '') {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
      const complaints: string[] = []
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text())
      })
      page.on('pageerror', (error) => complaints.push(error.message))
      await page.goto(`${server.resolvedUrls?.local[0] ?? ''}${query}`)
      return { page, complaints }
    },
    async close() {
      await browser.close()
      await server.close()
      await rm(folder, { recursive: true })
    },
  }
}
