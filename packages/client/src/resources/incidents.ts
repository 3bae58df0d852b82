import type { CallOptions } from '../options.ts'
import type { Transport } from '../transport.ts'
import type { Query } from './arguments.ts'

/** Failed steps that wait for an operator; `instances.retry` and `instances.skip` resolve them. */
export const createIncidents = ({ call }: Transport) => ({
  list: (query: Query<'GET /incidents'> = {}, options?: CallOptions) => call('GET /incidents', { query }, options),
  /** Open incidents by cause, largest first. */
  groups: (query: Query<'GET /incidents/groups'> = {}, options?: CallOptions) => call('GET /incidents/groups', { query }, options),
})
