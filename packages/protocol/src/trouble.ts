/** Troubles an operator looks for, as the store counts and lists them: the same condition for the number and for its rows. */

/** Of instances: `queued`, `suspended`: since before `beforeMs`; `overdue`: a timer or retry was due before it; `missed`: a scheduled start was. */
export interface InstanceTrouble {
  readonly kind: 'queued' | 'suspended' | 'overdue' | 'missed'
  readonly beforeMs: number
}

/** Of open work items: `nobody`: none of those who are asked can answer; `late`: due in the past. */
export type ItemTrouble = 'nobody' | 'late'

/** How many, and since when the oldest. */
export interface TroubleCount {
  readonly count: number
  readonly sinceMs?: number
}

/** Times before which something counts as trouble, and from which failures count. */
export interface TroubleCuts {
  readonly queuedBeforeMs: number
  readonly suspendedBeforeMs: number
  readonly overdueBeforeMs: number
  readonly failedFromMs: number
}

export interface TroubleCounts {
  readonly queued: TroubleCount
  readonly suspended: TroubleCount
  readonly overdue: TroubleCount
  readonly missed: TroubleCount
  readonly nobody: TroubleCount
  readonly late: TroubleCount
  /** Runs that ended FAILED and stayed so. */
  readonly failed: TroubleCount
}
