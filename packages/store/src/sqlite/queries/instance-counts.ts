import type { QueryStore, Reader } from '@millrace/protocol'
import { statusCode, TALLY_COLUMNS } from '../codes.ts'
import { workspaceRange } from '../lookups.ts'
import type { QueryContext } from './context.ts'
import { ownersOf } from './instance-sources.ts'

type Counts = Awaited<ReturnType<QueryStore['instanceCounts']>>

/** Operators: from the tally, whatever the number of instances. Members: counted among those they may read. */
export const countInstances = (context: QueryContext, workspace: string, reader: Reader): Counts =>
  reader.seesAll ? fromTally(context, workspace) : fromRows(context, workspace, reader)

/** Reads tally whole: one row per version that has instances. */
const fromTally = ({ connection, lookups }: QueryContext, workspace: string): Counts => {
  const columns = [...TALLY_COLUMNS, 'incidents'].map((column) => `sum(t.${column}) as ${column}`).join(', ')
  const row = connection
    .sql(`select ${columns} from tally t join flow f on f.id = t.flow where f.workspace = ?`)
    .get(lookups.findWorkspace(workspace) ?? -1)
  const byStatus: { [status: string]: number } = {}
  for (const column of TALLY_COLUMNS) {
    const count = Number(row?.[column] ?? 0)
    if (count > 0) byStatus[column.toUpperCase()] = count
  }
  return { byStatus, incidents: Number(row?.['incidents'] ?? 0) }
}

/** Reads instance by instance_initiator and involved by key, then the rows. */
const fromRows = (context: QueryContext, workspace: string, reader: Reader): Counts => {
  const { connection, lookups } = context
  const { from, to } = workspaceRange(lookups, workspace)
  const rows = connection
    .sql(
      `select status, count(*) as n, sum(incidents) as incidents from instance where id in (
          select id from instance where initiator = :reader and id > :from and id < :to
          union select instance from involved where owner in (select value from json_each(:owners)) and instance > :from and instance < :to)
        group by status`,
    )
    .all({ reader: lookups.findName(reader.user) ?? -1, owners: JSON.stringify(ownersOf(context, reader)), from, to })
  return {
    byStatus: Object.fromEntries(rows.map((row) => [statusCode.read(row['status']), Number(row['n'])])),
    incidents: rows.reduce((sum, row) => sum + Number(row['incidents']), 0),
  }
}
