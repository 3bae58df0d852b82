import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { build, preview } from 'vite'

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

export const hasChromium = existsSync(CHROMIUM)
if (!hasChromium) process.stderr.write(`Skipped: there is no Chromium at ${CHROMIUM}. Install it, or set CHROMIUM.\n`)

export interface PartPage {
  readonly browser: Browser
  /** Of the page; parameters go behind it. */
  readonly address: string
  close(): Promise<void>
}

/** What the console is served with (CONSOLE rule 9), for one page. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-part'; connect-src 'self'; font-src 'self'; worker-src 'self'; img-src 'self' data:"

/** One part alone in a page of its own, built as for production and served under our content security policy. */
export async function servePart(entry: URL): Promise<PartPage> {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-part-'))
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="csp-nonce" content="part"><title>Part</title></head><body><script type="module" src="${entry.pathname}"></script></body></html>`
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
    address: server.resolvedUrls?.local[0] ?? '',
    async close() {
      await browser.close()
      await server.close()
      await rm(folder, { recursive: true })
    },
  }
}
