import type { CallOptions } from '../options.ts'
import type { Transport } from '../transport.ts'
import type { Query } from './arguments.ts'

/** The inbox of the person who asks. */
export const createInbox = ({ call }: Transport) => ({
  list: (query: Query<'GET /inbox'> = {}, options?: CallOptions) => call('GET /inbox', { query }, options),
  counts: (options?: CallOptions) => call('GET /inbox/counts', {}, options),
})
