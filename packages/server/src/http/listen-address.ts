/** Where a server listens, and what keeps it from it. */
import { createServer } from 'node:net'
import { MillraceError } from '@millrace/protocol'

export const DEFAULT_PORT = 7400

/**
 * Finds out whether a server could listen there, and lets go again: before anything is made that is shown only once it does.
 *
 * @throws MillraceError PORT_IN_USE, BAD_REQUEST as `listen` would
 */
export const requireFreePort = (address: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error) => reject(listenError(error, address, port)))
    probe.listen({ host: address, port }, () => probe.close(() => resolve()))
  })

export const listenError = (error: unknown, address: string, port: number): unknown => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') {
    return new MillraceError('PORT_IN_USE', `Port ${port} on ${address} is taken by another program. Choose another: --port ${port + 1}.`, {
      cause: error,
    })
  }
  if (code === 'EACCES') {
    return new MillraceError(
      'PORT_IN_USE',
      `Port ${port} needs rights this user does not have. Choose one above 1023: --port ${DEFAULT_PORT}.`,
      { cause: error },
    )
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new MillraceError(
      'BAD_REQUEST',
      `This machine has no address ${address} to listen on. Use 127.0.0.1 for this machine only, 0.0.0.0 for all.`,
      { cause: error },
    )
  }
  return error
}
