import type { CallOptions } from '../options.ts'
import type { Transport } from '../transport.ts'

/** What needs an operator. */
export const createOperate = ({ call }: Transport) => ({
  /** At most seven lines, worst first; none when all is well. */
  lines: (options?: CallOptions) => call('GET /operate', {}, options),
})
