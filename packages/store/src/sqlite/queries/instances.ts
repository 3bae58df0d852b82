/** Lists of instances: sources in the order of the list, the other filters on the rows of a slice. */
import { isAttemptRunning } from '@millrace/kernel'
import { type InstanceFilter, type InstanceSummary, instanceSummary, type Page, type PageOptions } from '@millrace/protocol'
import { readCursor, writeCursor } from '../../cursor.ts'
import { INSTANCE_COLUMNS, readInstance, type StoredInstance } from '../tables/instance.ts'
import type { QueryContext } from './context.ts'
import { instanceConditions } from './instance-conditions.ts'
import { instanceSources } from './instance-sources.ts'
import { type Key, scan } from './scan.ts'

export const listInstances = async (context: QueryContext, asked: InstanceFilter, page: PageOptions): Promise<Page<InstanceSummary>> => {
  const filter = sorted(asked)
  const asOf = context.position()
  const rows = await scan({
    sources: instanceSources(context, filter),
    after: readCursor(page.cursor, filter.sort === '-updated' ? 2 : 1),
    limit: page.limit + 1,
    read: instanceReader(context, filter),
  })
  const items = rows.slice(0, page.limit)
  const last = items.at(-1)
  return {
    items: items.map(([, row]) => instanceSummary(row, { seq: row.last, incidents: row.incidents })),
    ...(rows.length > items.length && last !== undefined ? { next: writeCursor(last[0]) } : {}),
    asOf,
  }
}

/** What is troubled is read from where its trouble stands, which is not in the order of changes. */
const sorted = (filter: InstanceFilter): InstanceFilter =>
  filter.trouble !== undefined && filter.sort === '-updated' ? { ...filter, sort: '-created' } : filter

type Found = readonly [Key, StoredInstance]

/** Reads the rows of a slice that pass all filters, by primary key. */
const instanceReader = (context: QueryContext, filter: InstanceFilter): ((keys: readonly Key[]) => readonly Found[]) => {
  const { connection, lookups, loader } = context
  const { where, values, columns } = instanceConditions(context, filter)
  const isUpdated = filter.sort === '-updated'
  const statement = connection.db.prepare(
    `select ${INSTANCE_COLUMNS}${columns} from instance i where i.id in (select value from json_each(:ids)) and ${where}`,
  )
  return (keys) => {
    // An instance changed several times stands where its last change is.
    const keyOf = new Map(keys.map((key) => [isUpdated ? -(key[0] ?? 0) : Math.abs(key[0] ?? 0), key]))
    const ids = [...new Set(keys.map((key) => (isUpdated ? key[1] : Math.abs(key[0] ?? 0))))]
    return statement.all({ ...values, ids: JSON.stringify(ids) }).flatMap((row): readonly Found[] => {
      const { workspace } = lookups.flowById(Number(row['i_flow']))
      const instance = readInstance(row, lookups, loader.blobs(workspace))
      const key = keyOf.get(isUpdated ? instance.last : instance.rowId)
      if (key === undefined) return []
      if (filter.node !== undefined && row['at_node'] === 0 && !runsAt(context, instance, filter.node)) return []
      return [[key, instance]]
    })
  }
}

/** Running attempts have no rows: the state tells where they are. */
const runsAt = ({ loader }: QueryContext, instance: StoredInstance, node: string): boolean =>
  Object.values(loader.state(instance.id)?.steps ?? {}).some((step) => step.node === node && isAttemptRunning(step))
