import type { CallOptions } from '../options.ts'
import type { Transport } from '../transport.ts'
import type { Body, Query } from './arguments.ts'

/** API tokens. */
export const createTokens = ({ call }: Transport) => ({
  list: (query: Query<'GET /tokens'> = {}, options?: CallOptions) => call('GET /tokens', { query }, options),
  /** The secret is in this answer and nowhere else. */
  create: (body: Body<'POST /tokens'>, options?: CallOptions) => call('POST /tokens', { body }, options),
  /** Revokes it at once. */
  delete: (id: string, options?: CallOptions) => call('DELETE /tokens/:id', { params: { id } }, options),
})
