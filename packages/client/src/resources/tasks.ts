import type { CallOptions } from '../options.ts'
import type { Transport } from '../transport.ts'

/** Tasks that nodes and code may run. */
export const createTasks = ({ call }: Transport) => ({
  list: (options?: CallOptions) => call('GET /tasks', {}, options),
  get: (name: string, options?: CallOptions) => call('GET /tasks/:name', { params: { name } }, options),
})
