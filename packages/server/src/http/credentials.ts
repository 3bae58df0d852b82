import type { FastifyRequest } from 'fastify'
import type { Credentials } from '../access/access.ts'
import { readSessionCookie } from '../access/session-cookie.ts'

const BEARER = /^Bearer +([\x21-\x7e]+)$/i

/** What proves who asks. A broken `Authorization` is not overruled by a cookie: whoever sends one means it. */
export const credentialsOf = (request: FastifyRequest): Credentials => {
  const { authorization } = request.headers
  const as = request.headers['x-millrace-as']
  const actingFor = typeof as === 'string' && as !== '' ? as : undefined
  if (authorization !== undefined) return { token: BEARER.exec(authorization)?.[1], actingFor }
  return { session: readSessionCookie(request), actingFor }
}
