import type { CallOptions } from '../options.ts'
import type { Transport } from '../transport.ts'

/** Online copies of everything. */
export const createBackups = ({ call }: Transport) => ({
  list: (options?: CallOptions) => call('GET /backups', {}, options),
  create: (options?: CallOptions) => call('POST /backups', {}, options),
})
