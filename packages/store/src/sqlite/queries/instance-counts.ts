import type { QueryStore, Reader } from '@millrace/protocol'
import { statusCode, TALLY_COLUMNS } from '../codes.ts'
import { workspaceRange } from '../lookups.ts'
import type { QueryContext } from './context.ts'
import { ownersOf } from './instance-sources.ts'

type Counts = Awaited<ReturnType<QueryStore['instanceCounts']>>

/** Operators: from the tally, whatever the number of instances. Members: counted among those they may read. */
export const countInstances = async (context: QueryContext, workspace: string, reader: Reader): Promise<Counts> =>
  reader.seesAll ? fromTally(context, workspace) : await fromRows(context, workspace, reader)

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

/** Numbers of instances counted in one go, some milliseconds' worth when a person may read them all. */
const SLICE = 5_000

/** Reads instance by instance_initiator and involved by key, then the rows; in slices, so that nobody waits for a count. */
const fromRows = async (context: QueryContext, workspace: string, reader: Reader): Promise<Counts> => {
  const { connection, lookups } = context
  const range = workspaceRange(lookups, workspace)
  const values = { reader: lookups.findName(reader.user) ?? -1, owners: JSON.stringify(ownersOf(context, reader)) }
  const byStatus: { [status: string]: number } = {}
  let incidents = 0
  const newest = connection.sql('select max(id) as id from instance where id > ? and id < ?').get(range.from, range.to)?.['id']
  for (let to = Number(newest ?? range.from) + 1; to > range.from + 1; to -= SLICE) {
    const rows = connection
      .sql(
        `select status, count(*) as n, sum(incidents) as incidents from instance where id in (
            select id from instance where initiator = :reader and id >= :from and id < :to
            union select instance from involved where owner in (select value from json_each(:owners)) and instance >= :from and instance < :to)
          group by status`,
      )
      .all({ ...values, from: Math.max(range.from + 1, to - SLICE), to })
    for (const row of rows) {
      const status = statusCode.read(row['status'])
      byStatus[status] = (byStatus[status] ?? 0) + Number(row['n'])
      incidents += Number(row['incidents'])
    }
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { byStatus, incidents }
}
