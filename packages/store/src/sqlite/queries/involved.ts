import type { QueryContext } from './context.ts'

/** Who may read an instance: who started it, and everybody it ever asked. Reads involved by involved_instance. */
export const readInvolved = ({ connection, lookups, loader }: QueryContext, instance: string): readonly string[] | undefined => {
  const row = loader.row(instance)
  if (row === undefined) return undefined
  const asked = connection.sql('select owner from involved where instance = ?').all(row.rowId)
  return [...new Set([`user:${row.initiator}`, ...asked.map(({ owner }) => lookups.nameText(Number(owner)))])]
}
