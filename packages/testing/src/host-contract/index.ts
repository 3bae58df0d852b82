export type { HostHarness, OpenHost } from './harness.ts'
export { describeHost } from './host-contract.ts'
