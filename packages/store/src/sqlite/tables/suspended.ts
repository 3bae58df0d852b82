/** Table `suspended`: since when an instance is. Writes by primary key, only where an instance becomes so or is no longer. */
import type { InstanceChange } from '@millrace/protocol'
import type { Connection } from '../connection.ts'

export const writeSuspended = (
  { sql }: Connection,
  { before, after }: InstanceChange,
  of: { readonly id: number; readonly atMs: number },
): void => {
  const was = before?.status === 'SUSPENDED'
  const is = after.status === 'SUSPENDED'
  if (is && !was) sql('insert into suspended (instance, since) values (?, ?)').run(of.id, of.atMs)
  if (was && !is) sql('delete from suspended where instance = ?').run(of.id)
}
