import type { CallOptions } from '../options.ts'
import type { Transport } from '../transport.ts'
import type { Query } from './arguments.ts'

/** People and groups by name, for everybody. */
export const createPeople = ({ call }: Transport) => ({
  find: (query: Query<'GET /people'> = {}, options?: CallOptions) => call('GET /people', { query }, options),
})
