import type { CallOptions } from '../options.ts'
import type { Transport } from '../transport.ts'
import type { Body } from './arguments.ts'

/** Messages to whoever waits for them. */
export const createMessages = ({ call }: Transport) => ({
  publish: (body: Body<'POST /messages'>, options?: CallOptions) => call('POST /messages', { body }, options),
})
