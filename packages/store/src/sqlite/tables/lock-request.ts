/** Table `lock_request`: who holds or waits for locks. Writes by primary key. */
import type { LockChange } from '../../projections/lock.ts'
import type { Connection } from '../connection.ts'
import type { Of } from './waiting.ts'

export const writeLockRequest = (
  { sql }: Connection,
  change: LockChange,
  of: Of & { readonly atMs: number; readonly force: boolean },
): void => {
  switch (change.kind) {
    case 'none':
      return
    case 'request':
      sql('insert into lock_request (instance, place, since, force) values (?, ?, ?, ?)').run(of.id, of.position, of.atMs, of.force ? 1 : 0)
      return
    case 'update':
      if (change.isGranted) sql('update lock_request set since = ? where instance = ?').run(of.atMs, of.id)
      return
    case 'drop':
      sql('delete from lock_request where instance = ?').run(of.id)
  }
}
