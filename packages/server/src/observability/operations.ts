import { API_BASE, type Host, MillraceError } from '@millrace/protocol'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Access } from '../access/access.ts'
import { isOperator } from '../access/policy.ts'
import { credentialsOf } from '../http/credentials.ts'
import { API_HEADERS } from '../http/security-headers.ts'
import type { Metrics } from './metrics.ts'

/** Addresses for machines that watch: `/healthz` the process answers, `/readyz` the host takes work, `/metrics` for Prometheus. */
export const addOperations = (
  app: FastifyInstance,
  options: { readonly host: Host; readonly access: Access; readonly metrics: Metrics },
): void => {
  const { host, access, metrics } = options
  const schema = { hide: true }

  app.get('/healthz', { schema }, (_request, reply) => reply.headers(API_HEADERS).send({ ok: true }))

  app.get('/readyz', { schema }, (_request, reply) => {
    const health = host.health()
    return reply
      .headers(API_HEADERS)
      .code(health.ok ? 200 : 503)
      .send(health)
  })

  app.get('/metrics', { schema }, async (request, reply) => {
    if (!isFromThisMachine(request)) {
      const caller = await access.authenticate(credentialsOf(request))
      if (caller === undefined)
        throw new MillraceError(
          'UNAUTHENTICATED',
          `Metrics are for this machine and for operators: send Authorization: Bearer mr_… (${API_BASE}/tokens).`,
        )
      if (!isOperator(caller.roles))
        throw new MillraceError(
          'FORBIDDEN',
          `Metrics need the role operator or administrator; ${caller.user} has ${caller.roles.join(', ')}.`,
        )
    }
    return reply
      .headers(API_HEADERS)
      .type(metrics.contentType)
      .send(await metrics.render())
  })
}

/** A proxy on this machine brings requests of others; it says so in a header. */
const isFromThisMachine = (request: FastifyRequest): boolean => {
  const address = request.socket.remoteAddress ?? ''
  const isLoopback = address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.')
  return isLoopback && request.headers['x-forwarded-for'] === undefined && request.headers.forwarded === undefined
}
