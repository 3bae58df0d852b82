import type { HistoryEntry } from '@millrace/protocol'
import { historyOf } from '../../projections/history.ts'
import { factReads } from '../tables/fact.ts'
import type { QueryContext } from './context.ts'

/** Entries after `after`, or the last `limit` before `before`; in order. */
export const readHistory = (
  { connection, loader }: QueryContext,
  instance: string,
  options: { readonly after?: number; readonly before?: number; readonly limit: number },
): readonly HistoryEntry[] => {
  const { after, before, limit } = options
  const row = loader.row(instance)
  if (row === undefined) return []
  const reads = factReads(connection, loader.blobs(row.workspace))
  const isBackwards = after === undefined && before !== undefined
  const rows = isBackwards ? reads.before(row, before, limit) : reads.after(row, after ?? 0, limit)
  const entries = rows
    .flatMap((facts) => historyOf(facts))
    .filter(({ seq }) => seq > (after ?? 0) && seq < (before ?? Number.POSITIVE_INFINITY))
  return isBackwards ? entries.slice(-limit) : entries.slice(0, limit)
}
