import type { CallOptions } from '../options.ts'
import type { Transport } from '../transport.ts'
import type { Body, Query } from './arguments.ts'

/** Batches: the same repair for many instances, stage by stage. For operators. */
export const createBatches = ({ call }: Transport) => ({
  list: (query: Query<'GET /batches'> = {}, options?: CallOptions) => call('GET /batches', { query }, options),
  /** `{ action: 'retry', group }` retries the incidents of one cause: first 1, then 10, then the rest; it stops at the first failure. */
  create: (body: Body<'POST /batches'>, options?: CallOptions) => call('POST /batches', { body }, options),
  /** How many rows it would have. */
  plan: (body: Body<'POST /batches/plan'>, options?: CallOptions) => call('POST /batches/plan', { body }, options),
  get: (id: string, options?: CallOptions) => call('GET /batches/:id', { params: { id } }, options),
  rows: (id: string, query: Query<'GET /batches/:id/rows'> = {}, options?: CallOptions) =>
    call('GET /batches/:id/rows', { params: { id }, query }, options),
  pause: (id: string, options?: CallOptions) => call('POST /batches/:id/pause', { params: { id } }, options),
  resume: (id: string, options?: CallOptions) => call('POST /batches/:id/resume', { params: { id } }, options),
  cancel: (id: string, options?: CallOptions) => call('POST /batches/:id/cancel', { params: { id } }, options),
})
