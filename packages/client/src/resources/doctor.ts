import type { CallOptions } from '../options.ts'
import type { Transport } from '../transport.ts'

/** Why every open instance waits. */
export const createDoctor = ({ call }: Transport) => ({
  report: (options?: CallOptions) => call('GET /doctor', {}, options),
  /** Restarts the lost step of every STALE instance. */
  repair: (options?: CallOptions) => call('POST /doctor/repair', {}, options),
})
