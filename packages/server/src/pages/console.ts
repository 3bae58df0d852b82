/**
 * The built console: files with a hash in their name for ever, `index.html` made per answer with a fresh nonce, and for every address of the console
 * itself (`/inbox/…`), so that links and reloads work.
 */
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { FILE_HEADERS } from '../http/security-headers.ts'
import { newNonce } from './nonce.ts'
import { WELCOME_PAGE } from './welcome-page.ts'

/** Stands in `index.html` wherever the nonce belongs. */
export const NONCE_PLACEHOLDER = '__CSP_NONCE__'

export interface ConsolePages {
  /** The page for an address of the console; undefined when the request did not ask for one, or there is none. */
  pageFor(request: FastifyRequest): Promise<{ readonly html: string; readonly nonce: string } | undefined>
}

/** @param folder the console's build; without one, or before it is built, `/` says what to do. */
export const addConsole = async (app: FastifyInstance, folder: string | undefined): Promise<ConsolePages> => {
  const index = folder === undefined ? undefined : join(folder, 'index.html')
  let cached: { readonly html: string; readonly changedMs: number } | undefined

  /** Read again when it changes: a build while the server runs is seen at the next reload. */
  const indexHtml = async (): Promise<string | undefined> => {
    if (index === undefined) return undefined
    const changedMs = await stat(index).then(
      (file) => file.mtimeMs,
      () => undefined,
    )
    if (changedMs === undefined) return undefined
    if (cached?.changedMs !== changedMs) cached = { html: await readFile(index, 'utf8'), changedMs }
    return cached.html
  }

  if (folder !== undefined && (await indexHtml()) !== undefined) {
    await app.register(fastifyStatic, {
      root: folder,
      index: false,
      preCompressed: true,
      schemaHide: true,
      setHeaders: (response, path) => {
        for (const [name, value] of Object.entries(FILE_HEADERS)) response.header(name, value)
        response.header('cache-control', /[\\/]assets[\\/]/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
  }

  const pages: ConsolePages = {
    pageFor: async (request) => {
      const path = request.url.split('?', 1)[0] ?? ''
      if (!isPage(request, path)) return undefined
      const html = await indexHtml()
      const nonce = newNonce()
      if (html === undefined) return path === '/' ? { html: WELCOME_PAGE, nonce } : undefined
      return { html: html.replaceAll(NONCE_PLACEHOLDER, nonce), nonce }
    },
  }
  // The static files would answer for the folder itself, with a refusal.
  app.get('/', { schema: { hide: true } }, (_request, reply) => reply.callNotFound())
  return pages
}

/** Browsers ask for pages with text/html; a missing file or a typing error in an API address is no page. */
const isPage = (request: FastifyRequest, path: string): boolean =>
  (request.method === 'GET' || request.method === 'HEAD') &&
  (path === '/' || ((request.headers.accept ?? '').includes('text/html') && !path.startsWith('/api') && !/\.\w+$/.test(path)))
