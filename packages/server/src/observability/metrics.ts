/** Prometheus metrics of the server in a registry of its own: requests by route, open streams, what the host and the store count. */
import type { Host, Store } from '@millrace/protocol'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** Seconds. From a fast start of an instance to what a person calls slow. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

export interface Metrics {
  /** One request that ended. `route` is the pattern, never the address: ids would make a series each. */
  observe(request: { readonly method: string; readonly route: string; readonly status: number; readonly ms: number }): void
  /** The text Prometheus reads. */
  render(): Promise<string>
  readonly contentType: string
}

export const createMetrics = (options: { readonly host: Host; readonly store: Store; readonly openStreams: () => number }): Metrics => {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = new Counter({
    name: 'millrace_http_requests_total',
    help: 'Requests by route and status.',
    labelNames: ['method', 'route', 'status'],
    registers,
  })
  const duration = new Histogram({
    name: 'millrace_http_request_seconds',
    help: 'Time from the first byte to the last.',
    labelNames: ['method', 'route'],
    buckets: BUCKETS,
    registers,
  })
  const streams = new Gauge({ name: 'millrace_event_streams', help: 'Open event streams.', registers })
  const host = new Gauge({ name: 'millrace_host', help: 'What the host counts, by name.', labelNames: ['name'], registers })
  const store = new Gauge({ name: 'millrace_store_bytes', help: 'Size of the database and of its log.', labelNames: ['file'], registers })
  const collect = async () => {
    streams.set(options.openStreams())
    for (const [name, value] of Object.entries(options.host.metrics())) host.set({ name }, value)
    const { bytes, walBytes } = await options.store.maintenance.facts()
    store.set({ file: 'database' }, bytes)
    store.set({ file: 'log' }, walBytes)
  }
  return {
    observe: ({ method, route, status, ms }) => {
      requests.inc({ method, route, status })
      duration.observe({ method, route }, ms / 1000)
    },
    render: async () => {
      await collect()
      return registry.metrics()
    },
    contentType: registry.contentType,
  }
}
