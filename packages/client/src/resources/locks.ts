import type { CallOptions } from '../options.ts'
import type { Transport } from '../transport.ts'

/** Who holds which lock, and who waits for it. */
export const createLocks = ({ call }: Transport) => ({
  list: (options?: CallOptions) => call('GET /locks', {}, options),
  get: (name: string, options?: CallOptions) => call('GET /locks/:name', { params: { name } }, options),
})
