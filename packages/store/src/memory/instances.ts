import { isFinal } from '@millrace/kernel'
import type { InstanceStore } from '@millrace/protocol'
import { commit } from './commit.ts'
import { keyOf, type MemoryInstance, type Tables } from './tables.ts'

export const memoryInstances = (tables: Tables): InstanceStore => {
  const openOnes = () => [...tables.instances.values()].filter(({ state }) => !isFinal(state.status))
  const afterId = (instances: readonly MemoryInstance[], options: { readonly after?: string; readonly limit: number }) => {
    const begin = options.after === undefined ? 0 : (tables.instances.get(options.after)?.order ?? 0)
    return instances
      .filter(({ order }) => order > begin)
      .slice(0, options.limit)
      .map(({ state }) => state.id)
  }
  return {
    load: async (ids) => new Map(ids.flatMap((id) => tables.instances.get(id)?.state ?? []).map((state) => [state.id, state])),
    commit: async (batch) => ({ position: commit(tables, batch) }),
    facts: async (id, { after = 0, limit = Number.POSITIVE_INFINITY } = {}) => {
      const rows = tables.instances.get(id)?.rows ?? []
      const all = rows.flatMap((row) => row.facts.map((fact, index) => ({ seq: row.seq + index, fact })))
      return all.filter(({ seq }) => seq > after).slice(0, limit)
    },
    unfinished: async (options) =>
      afterId(
        openOnes().filter(({ busy }) => busy > 0),
        options,
      ),
    open: async (options) => {
      const { workspace } = options
      return afterId(
        openOnes().filter(({ state }) => workspace === undefined || state.workspace === workspace),
        options,
      )
    },
    lockRows: async () =>
      [...tables.instances.values()]
        .flatMap(({ state, lock }) => (lock === undefined ? [] : { state, lock }))
        .sort((a, b) => a.lock.order - b.lock.order)
        .map(({ state, lock }) => ({
          instance: state.id,
          workspace: state.workspace,
          title: state.title,
          status: state.status,
          locks: state.locks,
          force: state.force === true,
          order: lock.order,
          sinceMs: lock.sinceMs,
        })),
    dueTimers: async ({ beforeMs, limit }) =>
      [...tables.instances.values()]
        .flatMap(({ state, order, timers }) => timers.map((row) => ({ order, timer: { instance: state.id, ...row } })))
        .filter(({ timer }) => timer.dueAtMs <= beforeMs)
        .sort(
          (a, b) =>
            a.timer.dueAtMs - b.timer.dueAtMs ||
            a.order - b.order ||
            a.timer.step - b.timer.step ||
            (a.timer.timeout ?? -1) - (b.timer.timeout ?? -1),
        )
        .slice(0, limit)
        .map(({ timer }) => timer),
    nextTimerAtMs: async () => {
      let next: number | undefined
      for (const { timers } of tables.instances.values()) {
        for (const { dueAtMs } of timers) if (next === undefined || dueAtMs < next) next = dueAtMs
      }
      return next
    },
    waiters: async (workspace, name, key) =>
      [...tables.instances.values()]
        .filter(({ state }) => state.workspace === workspace)
        .flatMap(({ state, steps }) => [...steps.values()].map((step) => ({ ...step, instance: state.id })))
        .filter(({ message }) => message?.name === name && (message.key === undefined || message.key === key))
        .sort((a, b) => a.since - b.since || a.step - b.step)
        .map(({ instance, step }) => ({ instance, step })),
    keptMessage: async (workspace, name, key) => {
      for (const [id, message] of tables.messages) {
        if (message.workspace === workspace && message.name === name && (key === undefined || message.key === key))
          return { ...message, id }
      }
      return undefined
    },
    keptMessages: async ({ after, limit }) =>
      [...tables.messages]
        .filter(([id]) => id > after)
        .slice(0, limit)
        .map(([id, message]) => ({ ...message, id })),
    answer: async (workspace, user, route, key) => {
      const kept = tables.answers.get(keyOf(workspace, user, route, key))
      if (kept === undefined) return undefined
      const { atMs: _, ...answer } = kept
      return answer
    },
  }
}
