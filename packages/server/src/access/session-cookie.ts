import { parseCookie, stringifySetCookie } from 'cookie'
import type { FastifyRequest } from 'fastify'

/** How long somebody stays signed in. */
export const SESSION_MS = 14 * 24 * 3_600_000

/** Browsers share cookies between the ports of a host: without the port in its name, a second server on a laptop would sign out of the first. */
const cookieName = (request: FastifyRequest): string => {
  const port = request.socket.localPort
  return port === undefined ? 'millrace_session' : `millrace_session_${port}`
}

/** The session's secret, if the request carries one. */
export const readSessionCookie = (request: FastifyRequest): string | undefined => {
  const header = request.headers.cookie
  return header === undefined ? undefined : parseCookie(header)[cookieName(request)]
}

/** Value of `Set-Cookie`; without a secret it takes the cookie back. */
export const sessionCookie = (request: FastifyRequest, secret: string | undefined): string =>
  stringifySetCookie({
    name: cookieName(request),
    value: secret ?? '',
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: request.protocol === 'https',
    maxAge: secret === undefined ? 0 : SESSION_MS / 1000,
  })
