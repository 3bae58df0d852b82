import { record, type Turn } from '../turn.ts'
import type { Failure } from '../values.ts'

/** Stops one step until an administrator retries, skips or mends it; other branches go on. */
export const openIncident = (turn: Turn, step: number, error: Failure, took?: number): void => {
  record(turn, { t: 'incident', step, error, ...(took === undefined ? {} : { took }) })
}
