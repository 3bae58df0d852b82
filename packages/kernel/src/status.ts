/** Status of an instance (DESIGN section 2). STALE is computed by doctor and never stored. */
export type Status = 'SCHEDULED' | 'QUEUED' | 'RUNNING' | 'SUSPENDED' | 'CANCELLING' | 'COMPLETED' | 'FAILED' | 'ABORTED'

export const STATUSES: readonly Status[] = ['SCHEDULED', 'QUEUED', 'RUNNING', 'SUSPENDED', 'CANCELLING', 'COMPLETED', 'FAILED', 'ABORTED']

/** The run is over; its status never changes again. */
export const isFinal = (status: Status): status is 'COMPLETED' | 'FAILED' | 'ABORTED' =>
  status === 'COMPLETED' || status === 'FAILED' || status === 'ABORTED'

/** The run was admitted and is not over: it holds its locks. */
export const isActive = (status: Status): boolean => status === 'RUNNING' || status === 'SUSPENDED' || status === 'CANCELLING'
