import { API_BASE } from '@millrace/protocol'
import type { FastifyInstance } from 'fastify'
import { API_HEADERS, FILE_HEADERS, pageHeaders } from '../http/security-headers.ts'
import { newNonce } from '../pages/nonce.ts'
import { PAGE_STYLE } from '../pages/style.css.ts'
import { type ApiDocument, renderReference } from './reference-page.ts'

/** `/api`, its style, and the document for programs. Both are made at the first request and kept. */
export const addReference = (app: FastifyInstance): void => {
  const schema = { hide: true }
  let json: string | undefined
  let page: string | undefined

  app.get(`${API_BASE}/openapi.json`, { schema }, (_request, reply) => {
    json ??= JSON.stringify(app.swagger())
    return reply.headers(API_HEADERS).type('application/json; charset=utf-8').send(json)
  })
  app.get('/api', { schema }, (_request, reply) => {
    page ??= renderReference(app.swagger() as unknown as ApiDocument)
    return reply.headers(pageHeaders(newNonce())).send(page)
  })
  app.get('/api/reference.css', { schema }, (_request, reply) =>
    reply.headers(FILE_HEADERS).type('text/css; charset=utf-8').send(PAGE_STYLE),
  )
}
