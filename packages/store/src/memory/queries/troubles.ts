import { isAttemptRunning } from '@millrace/kernel'
import type { InstanceTrouble, TroubleCount, TroubleCounts, TroubleCuts } from '@millrace/protocol'
import type { WorkItemRow } from '../../projections/work-item.ts'
import type { MemoryInstance, Tables } from '../tables.ts'

/** Since when an instance has this trouble; undefined where it has not. */
export const troubledSince = (instance: MemoryInstance, { kind, beforeMs }: InstanceTrouble): number | undefined => {
  const { state, timers, lock, suspendedAtMs } = instance
  const before = (ms: number | undefined) => (ms !== undefined && ms < beforeMs ? ms : undefined)
  const due = (isStart: boolean) =>
    timers
      .filter(({ step, dueAtMs }) => (step === 0) === isStart && dueAtMs < beforeMs)
      .map(({ dueAtMs }) => dueAtMs)
      .sort((a, b) => a - b)[0]
  switch (kind) {
    case 'queued':
      return state.status === 'QUEUED' ? before(lock?.sinceMs) : undefined
    case 'suspended':
      return before(suspendedAtMs)
    case 'overdue':
      return state.status === 'RUNNING' ? due(false) : undefined
    case 'missed':
      return state.status === 'SCHEDULED' ? due(true) : undefined
  }
}

/** None of those who are asked can answer. */
export const nobodyCanAnswer = (tables: Tables, row: WorkItemRow): boolean => {
  const isActive = (user: string) => tables.users.get(user)?.isActive === true
  const who = row.assignee === undefined ? row.candidates : [`user:${row.assignee}`]
  return !who.some((principal) =>
    principal.startsWith('user:') ? isActive(principal.slice(5)) : (tables.groups.get(principal.slice(6))?.members ?? []).some(isActive),
  )
}

export const countTroubles = (tables: Tables, workspace: string, cuts: TroubleCuts): TroubleCounts => {
  const instances = [...tables.instances.values()].filter(({ state }) => state.workspace === workspace)
  const items = instances
    .flatMap((instance) => [...instance.items.values()].map(({ row }) => row))
    .filter(({ status }) => status === 'open')
  const troubled = (kind: InstanceTrouble['kind'], beforeMs: number) =>
    countOf(instances.map((instance) => troubledSince(instance, { kind, beforeMs })))
  return {
    queued: troubled('queued', cuts.queuedBeforeMs),
    suspended: troubled('suspended', cuts.suspendedBeforeMs),
    overdue: troubled('overdue', cuts.overdueBeforeMs),
    missed: troubled('missed', cuts.overdueBeforeMs),
    nobody: countOf(items.map((row) => (nobodyCanAnswer(tables, row) ? row.createdAtMs : undefined))),
    late: countOf(items.map(({ dueAtMs }) => (dueAtMs !== undefined && dueAtMs < tables.now() ? dueAtMs : undefined))),
    failed: countOf(
      instances.map(({ state }) =>
        state.status === 'FAILED' && (state.endedAtMs ?? 0) >= cuts.failedFromMs ? state.endedAtMs : undefined,
      ),
    ),
  }
}

const countOf = (times: readonly (number | undefined)[]): TroubleCount => {
  const found = times.filter((ms) => ms !== undefined)
  return found.length === 0 ? { count: 0 } : { count: found.length, sinceMs: Math.min(...found) }
}

/** Running instances that nothing stored explains. */
export const findSuspects = (
  tables: Tables,
  options: { readonly workspace: string; readonly quietBeforeMs: number; readonly after?: string; readonly limit: number },
): readonly string[] => {
  const after = options.after === undefined ? 0 : (tables.instances.get(options.after)?.order ?? 0)
  return [...tables.instances.values()]
    .filter(({ state, order }) => state.workspace === options.workspace && state.status === 'RUNNING' && order > after)
    .filter((instance) => {
      const { busy, steps, items, incidents, rows, state } = instance
      if (incidents.size > 0) return false
      if (busy > 0) return (rows.at(-1)?.facts.at(-1)?.at ?? 0) < options.quietBeforeMs
      const isAsking = [...items.values()].some(({ row }) => row.status === 'open')
      return steps.size === 0 && !isAsking && !Object.values(state.steps).some(isAttemptRunning)
    })
    .slice(0, options.limit)
    .map(({ state }) => state.id)
}
