import type { LockRequest } from '@millrace/kernel'
import type { Lock, Store } from '@millrace/protocol'
import type { LockTable } from '../locks/lock-table.ts'

/** Every lock of a workspace that somebody holds or waits for. */
export const locksView = async (store: Store, table: LockTable, workspace: string): Promise<readonly Lock[]> => {
  const isHere = (request: LockRequest): boolean => request.workspace === workspace || request.locks.includes('host')
  const running = table.running.filter(isHere)
  const queue = table.queue.filter(isHere)
  const names = [...new Set([...running, ...queue].flatMap((request) => request.locks))].sort()
  const rows = new Map((await store.instances.lockRows()).map((row) => [row.instance, row]))
  return names.map((name) => ({
    name,
    holders: running
      .filter((request) => request.locks.includes(name))
      .map(({ instance }) => ({
        instance,
        title: rows.get(instance)?.title ?? '',
        status: rows.get(instance)?.status ?? 'RUNNING',
        sinceMs: rows.get(instance)?.sinceMs ?? 0,
      })),
    queue: queue
      .filter((request) => request.locks.includes(name))
      .map(({ instance }) => {
        const place = table.place(instance)
        return {
          instance,
          title: rows.get(instance)?.title ?? '',
          position: place?.position ?? 0,
          sinceMs: rows.get(instance)?.sinceMs ?? 0,
          behind: (place?.blockers ?? []).map((blocker) => blocker.instance),
        }
      }),
  }))
}
