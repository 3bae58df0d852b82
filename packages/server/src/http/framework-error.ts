import { MillraceError } from '@millrace/protocol'
import type { FastifyRequest } from 'fastify'

const inBytes = (bytes: number): string =>
  bytes % 1_048_576 === 0 ? `${bytes / 1_048_576} MiB` : bytes % 1024 === 0 ? `${bytes / 1024} KiB` : `${bytes} bytes`

/**
 * What Fastify refuses, in our words. Anything else that is thrown is a defect: its text stays in the log, because it may say what the caller may
 * not know.
 */
export const asMillraceError = (error: unknown, request: FastifyRequest): MillraceError => {
  if (error instanceof MillraceError) return error
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE': {
      const limit = request.routeOptions.bodyLimit
      return new MillraceError('BODY_TOO_LARGE', `The body is larger than the ${inBytes(limit)} this address takes.`, {
        details: { limitBytes: limit },
      })
    }
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_ERR_CTP_INVALID_TYPE':
      return new MillraceError(
        'UNSUPPORTED_MEDIA_TYPE',
        `The body is ${request.headers['content-type'] ?? 'without a type'}; send JSON with Content-Type: application/json.`,
      )
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new MillraceError('BAD_REQUEST', 'The body is not as long as Content-Length says.')
    case 'FST_ERR_BAD_URL':
      return new MillraceError('BAD_REQUEST', 'The address cannot be read: a % must be followed by two hex digits.')
    case 'ECONNRESET':
    case 'ECONNABORTED':
      return new MillraceError('BAD_REQUEST', 'The connection ended before the body did.')
    default:
      // Static files refuse folders and hidden files like this.
      if (error instanceof Error && 'statusCode' in error && (error.statusCode === 403 || error.statusCode === 404)) {
        return new MillraceError('ROUTE_NOT_FOUND', `There is nothing at ${request.url.split('?', 1)[0]}.`)
      }
      return new MillraceError('INTERNAL', `Millrace failed at this. The server's log has the details under request ${request.id}.`, {
        cause: error,
      })
  }
}
