import { randomBytes } from 'node:crypto'

/**
 * Ids of requests, unique over restarts: a random part per process and a counter. They stand in every problem document and log line.
 * An id that came with the request is kept, so that a trace can be followed through a proxy.
 */
export const createRequestIds = (): ((given: string | readonly string[] | undefined) => string) => {
  const process = randomBytes(5).toString('hex')
  let last = 0
  return (given) => (typeof given === 'string' && /^[\w.:-]{1,100}$/.test(given) ? given : `${process}-${(++last).toString(36)}`)
}
