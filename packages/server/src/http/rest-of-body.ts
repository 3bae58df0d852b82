import type { FastifyReply, FastifyRequest } from 'fastify'

/** How long the rest of a refused body is read and thrown away; whoever still sends then is cut off. */
const REST_MS = 10_000

/**
 * Lets a client finish sending what is refused already. A connection closed under a client that writes breaks its write before it reads the
 * answer: it would learn EPIPE, and not that its body is too large.
 */
export const readRestOfBody = ({ raw }: FastifyRequest, reply: FastifyReply): void => {
  reply.removeHeader('connection')
  const timer = setTimeout(() => raw.socket.destroy(), REST_MS)
  timer.unref()
  raw.once('close', () => clearTimeout(timer))
  raw.once('end', () => clearTimeout(timer))
  raw.resume()
}
