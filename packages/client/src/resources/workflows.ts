import type { CallOptions } from '../options.ts'
import type { Transport } from '../transport.ts'
import type { Body, Query } from './arguments.ts'

/** Everything that can be started, and the versions of code workflows. */
export const createWorkflows = ({ call }: Transport) => ({
  list: (query: Query<'GET /workflows'> = {}, options?: CallOptions) => call('GET /workflows', { query }, options),
  get: (id: string, options?: CallOptions) => call('GET /workflows/:id', { params: { id } }, options),
  /** Uploads a bundle as the next version. */
  sync: (id: string, body: Body<'POST /workflows/:id/sync'>, options?: CallOptions) =>
    call('POST /workflows/:id/sync', { params: { id }, body }, options),
  delete: (id: string, options?: CallOptions) => call('DELETE /workflows/:id', { params: { id } }, options),
  versions: (id: string, query: Query<'GET /workflows/:id/versions'> = {}, options?: CallOptions) =>
    call('GET /workflows/:id/versions', { params: { id }, query }, options),
  version: (id: string, version: number, options?: CallOptions) =>
    call('GET /workflows/:id/versions/:version', { params: { id, version } }, options),
})
