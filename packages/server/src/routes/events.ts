import { MillraceError } from '@millrace/protocol'
import type { FastifyRequest } from 'fastify'
import type { ServerContext } from '../context.ts'
import { credentialsOf } from '../http/credentials.ts'
import type { HandlersOf } from '../http/handler.ts'

export const eventHandlers = ({ feed }: ServerContext): HandlersOf<'events'> => ({
  stream: async ({ caller, query, reply, request }) => {
    const position = await feed.admit(caller, lastEventId(request) ?? query.after)
    reply.hijack()
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      // nginx would otherwise collect the stream before passing it on.
      'x-accel-buffering': 'no',
    })
    feed.open(reply.raw, { caller, credentials: credentialsOf(request), position })
    return undefined as never
  },
})

/** A browser that reconnects says where it was; that is newer than the `after` of the address it keeps using. */
const lastEventId = (request: FastifyRequest): number | undefined => {
  const header = request.headers['last-event-id']
  if (header === undefined || header === '') return undefined
  if (typeof header === 'string' && /^\d{1,15}$/.test(header)) return Number(header)
  throw new MillraceError('BAD_REQUEST', 'Last-Event-ID is not a feed position. Leave it out to begin now.', { details: { in: 'headers' } })
}
