import type { Socket } from 'node:net'
import { MillraceError } from '@millrace/protocol'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ConsolePages } from '../pages/console.ts'
import { asMillraceError } from './framework-error.ts'
import { explainNotFound } from './not-found.ts'
import { PROBLEM_TYPE, problemOf, sendProblem } from './problem.ts'
import { readRestOfBody } from './rest-of-body.ts'
import { pageHeaders } from './security-headers.ts'

/**
 * Turns everything that goes wrong into a problem document, and what is our fault into a line of the log. Before anything is awaited of the app: a
 * route takes the handler there is when its plugin is loaded.
 */
export const handleErrors = (app: FastifyInstance): void => {
  app.setErrorHandler((error, request, reply) => {
    const problem = asMillraceError(error, request)
    if (problem.status >= 500)
      request.log.error({ requestId: request.id, method: request.method, url: pathOf(request), err: error }, problem.message)
    else request.log.debug({ requestId: request.id, method: request.method, url: pathOf(request), code: problem.code }, problem.message)
    if (problem.code === 'BODY_TOO_LARGE') readRestOfBody(request, reply)
    return sendProblem(request, reply, problem)
  })
}

/** What is at no address of ours: a page of the console, or a problem that says what is near. */
export const handleNotFound = (app: FastifyInstance, pages: ConsolePages): void => {
  app.setNotFoundHandler(async (request, reply) => {
    const page = await pages.pageFor(request)
    if (page !== undefined) return reply.code(200).headers(pageHeaders(page.nonce)).send(page.html)
    const { allow, error } = explainNotFound(request.method, request.url)
    if (allow !== undefined) reply.header('allow', allow)
    return sendProblem(request, reply, error)
  })
}

/** For addresses that cannot be read at all, which never reach a route. */
export const onFrameworkError = (error: Error, request: FastifyRequest, reply: FastifyReply): void => {
  sendProblem(request, reply, asMillraceError(error, request))
}

/** Bytes that are not HTTP. There is no request yet, so the answer is written by hand. */
export const onClientError = (error: Error & { readonly code?: string }, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const isTooLarge = error.code === 'HPE_HEADER_OVERFLOW'
  const problem = new MillraceError(
    'BAD_REQUEST',
    isTooLarge ? 'The headers are larger than 16 KiB.' : 'This is not an HTTP request that can be read.',
  )
  const body = JSON.stringify(problemOf(problem, 'unread'))
  socket.end(
    `HTTP/1.1 400 Bad Request\r\nContent-Type: ${PROBLEM_TYPE}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
}

/** Without its query, which may hold what is nobody's business; of a callback not even the path, since who has it may answer. */
const pathOf = (request: FastifyRequest): string => (request.url.split('?', 1)[0] ?? '').replace(/(\/callbacks\/).+/, '$1…')
