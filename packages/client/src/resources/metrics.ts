import type { CallOptions } from '../options.ts'
import type { Transport } from '../transport.ts'
import type { Query } from './arguments.ts'

/** Counts from what is stored. */
export const createMetrics = ({ call }: Transport) => ({
  /** Starts, ends and incidents by hour or day; without a workflow of all of them, for the small charts of a list. */
  series: (query: Query<'GET /metrics/series'> = {}, options?: CallOptions) => call('GET /metrics/series', { query }, options),
  /** Open work items by age. */
  workItems: (query: Query<'GET /metrics/work-items'> = {}, options?: CallOptions) => call('GET /metrics/work-items', { query }, options),
})
