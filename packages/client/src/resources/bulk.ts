import type { CallOptions } from '../options.ts'
import type { Transport } from '../transport.ts'
import type { Body } from './arguments.ts'

/** One thing for a selection. */
export const createBulk = ({ call }: Transport) => ({
  /** `{ action: 'complete', ids, route: 'approve' }`: a result for each of up to 200 work items or instances. */
  run: (body: Body<'POST /bulk'>, options?: CallOptions) => call('POST /bulk', { body }, options),
})
