import type { CallOptions } from '../options.ts'
import type { Transport } from '../transport.ts'
import type { Body } from './arguments.ts'

/** Callback addresses: whoever has one may answer it, once. */
export const createCallbacks = ({ call }: Transport) => ({
  answer: (token: string, body: Body<'POST /callbacks/:token'> = null, options?: CallOptions) =>
    call('POST /callbacks/:token', { params: { token }, body }, options),
})
