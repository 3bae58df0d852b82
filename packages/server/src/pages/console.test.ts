import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestServer, type TestServer } from '../server.fixture.ts'

let server: TestServer
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-console-'))
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__"><style nonce="__CSP_NONCE__"></style>')
  await writeFile(join(folder, 'assets', 'app-1a2b.js'), 'export {}')
  await writeFile(join(folder, 'assets', 'app-1a2b.js.br'), 'compressed')
  await writeFile(join(folder, 'boot.js'), 'document')
  server = await openTestServer({ console: folder })
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

const html = { accept: 'text/html,application/xhtml+xml' }
const page = (path: string) => server.call<string>(undefined, `GET ${path}`, { headers: html })

test('the page carries a nonce of its own answer, for styles only, and is not cached', async () => {
  const [first, second] = [await page('/'), await page('/')]
  const nonce = /content="([^"]+)"/.exec(first.body)?.[1] ?? ''
  expect(first.body).toContain(`<style nonce="${nonce}">`)
  expect(first.headers['content-security-policy']).toBe(
    `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; connect-src 'self'; font-src 'self'; worker-src 'self'; img-src 'self' data:; ` +
      `manifest-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'`,
  )
  expect(first.headers['cache-control']).toBe('no-store')
  expect(second.body).not.toContain(nonce)
})

test('every address of the console answers with the page, so that links and reloads work', async () => {
  expect(await page('/inbox/mine?item=42')).toMatchObject({ status: 200, body: expect.stringContaining('csp-nonce') })
  expect((await page('/instances/0198c0de-0000-7000-8000-000000000000')).status).toBe(200)
})

test('a typing error in an API address is a problem and not a page; so are missing files and writes', async () => {
  expect(await page('/api/v1/instanes')).toMatchObject({ status: 404, body: { code: 'ROUTE_NOT_FOUND' } })
  for (const path of ['/assets/gone-99.js', '/assets/', '/assets']) expect((await server.call(undefined, `GET ${path}`)).status).toBe(404)
  expect(await server.call(undefined, 'POST /inbox', { headers: html })).toMatchObject({ status: 404 })
})

test('files with a hash in their name are kept for ever and come compressed; others are asked for again', async () => {
  const asset = await server.call<string>(undefined, 'GET /assets/app-1a2b.js', { headers: { 'accept-encoding': 'br' } })
  expect(asset).toMatchObject({
    status: 200,
    body: 'compressed',
    headers: { 'content-encoding': 'br', 'cache-control': 'public, max-age=31536000, immutable', 'x-content-type-options': 'nosniff' },
  })
  expect((await server.call(undefined, 'GET /boot.js')).headers['cache-control']).toBe('no-cache')
})

test('nothing outside the folder is served', async () => {
  for (const path of ['/../package.json', '/assets/..%2f..%2fpackage.json', '/%2e%2e/%2e%2e/etc/passwd']) {
    const answer = await server.call<string>(undefined, `GET ${path}`)
    expect(JSON.stringify(answer.body)).not.toMatch(/"name":|root:/)
    expect(answer.status).toBeGreaterThanOrEqual(400)
  }
})

test('the API beside the console answers with problem documents', async () => {
  const answer = await server.call(undefined, 'GET /api/v1/instances')
  expect(answer).toMatchObject({ status: 401, headers: { 'content-type': 'application/problem+json; charset=utf-8' } })
})

test('while there is no console, / says what to do next', async () => {
  const bare = await openTestServer({ console: join(folder, 'not-built') })
  const answer = await bare.call<string>(undefined, 'GET /', { headers: html })
  expect(answer).toMatchObject({ status: 200, body: expect.stringContaining('href="/api"') })
  expect(answer.body).not.toMatch(/<script|style=/)
  expect((await bare.call(undefined, 'GET /inbox', { headers: html })).status).toBe(404)
  await bare.close()
})
