import type { CallOptions } from '../options.ts'
import type { Transport } from '../transport.ts'
import type { Query } from './arguments.ts'

/** Finds by id or name over all nouns. */
export const createSearch = ({ call }: Transport) => ({
  find: (query: Query<'GET /search'>, options?: CallOptions) => call('GET /search', { query }, options),
})
