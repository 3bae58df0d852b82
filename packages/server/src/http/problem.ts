/** RFC 9457: every failure, from a wrong address to a defect of ours, is one kind of document with a stable code. */
import { ERRORS, type ErrorCode, type MillraceError } from '@millrace/protocol'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { API_HEADERS } from './security-headers.ts'

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'

export interface ProblemDocument {
  /** Where the code is explained. */
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: ErrorCode
  readonly detail: string
  /** Id of the request, to find it in the log. */
  readonly instance: string
  readonly retryable?: true
  /** `pointer`, `line`, `column`, `hint`, `problems` and whatever else the error knows. */
  readonly [member: string]: unknown
}

export const problemOf = (error: MillraceError, requestId: string): ProblemDocument => ({
  // First, so that no detail can pass for one of the members below.
  ...error.details,
  type: `/api#${error.code}`,
  title: ERRORS[error.code].about,
  status: error.status,
  code: error.code,
  detail: error.message,
  instance: requestId,
  ...(error.retryable ? { retryable: true } : {}),
})

export const sendProblem = (request: FastifyRequest, reply: FastifyReply, error: MillraceError): FastifyReply => {
  const { retryAfterSeconds } = error.details
  if (typeof retryAfterSeconds === 'number') reply.header('retry-after', String(retryAfterSeconds))
  else if (error.retryable) reply.header('retry-after', '1')
  if (error.code === 'UNAUTHENTICATED') reply.header('www-authenticate', 'Bearer realm="millrace"')
  // A string: Fastify would look for a serializer of the route's answer.
  return reply
    .code(error.status)
    .headers(API_HEADERS)
    .header('content-type', PROBLEM_TYPE)
    .send(JSON.stringify(problemOf(error, request.id)))
}
