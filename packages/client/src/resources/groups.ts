import type { CallOptions } from '../options.ts'
import type { Transport } from '../transport.ts'
import type { Body, Query } from './arguments.ts'

/** Groups of people, named as `group:NAME`. */
export const createGroups = ({ call }: Transport) => ({
  list: (query: Query<'GET /groups'> = {}, options?: CallOptions) => call('GET /groups', { query }, options),
  get: (name: string, options?: CallOptions) => call('GET /groups/:name', { params: { name } }, options),
  save: (name: string, body: Body<'PUT /groups/:name'>, options?: CallOptions) =>
    call('PUT /groups/:name', { params: { name }, body }, options),
  delete: (name: string, options?: CallOptions) => call('DELETE /groups/:name', { params: { name } }, options),
})
