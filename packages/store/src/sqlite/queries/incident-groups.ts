import type { Incident as StepIncident } from '@millrace/kernel'
import type { IncidentGroupFilter, Page, PageOptions } from '@millrace/protocol'
import { uuidText } from '../../codec/uuid.ts'
import { readCursor, writeCursor } from '../../cursor.ts'
import { compareKeys } from '../../projections/inbox-view.ts'
import { type GroupRow, groupKey, incidentGroupRow, isInGroups } from '../../projections/incident-group.ts'
import type { QueryContext } from './context.ts'

/** Open incidents by cause: counted from the index incident_cause alone, then the newest of each is read by key until the page is full. */
export const listIncidentGroups = (
  context: QueryContext,
  workspace: string,
  filter: IncidentGroupFilter,
  page: PageOptions,
): Page<GroupRow> => {
  const { connection, lookups, position } = context
  const number = lookups.findWorkspace(workspace) ?? -1
  const after = readCursor(page.cursor, 2)
  const counted = connection
    .sql('select cause, count(*) as n, min(position) as first, max(position) as last from incident where workspace = ? group by cause')
    .all(number)
    .map((row) => ({
      cause: String(row['cause']),
      count: Number(row['n']),
      first: Number(row['first']),
      last: Number(row['last']),
      key: groupKey(Number(row['n']), Number(row['last']), filter.sort),
    }))
    .filter(({ key }) => after === undefined || compareKeys(key, after) > 0)
    .sort((a, b) => compareKeys(a.key, b.key))
  const found: { readonly row: GroupRow; readonly key: readonly [number, number] }[] = []
  for (const { cause, count, first, last, key } of counted) {
    const firstAtMs = newestAt(context, number, first, cause)?.row.error.atMs ?? 0
    const newest = newestAt(context, number, last, cause)
    if (newest === undefined) continue
    const row = incidentGroupRow(newest.row, newest.of, { count, firstAtMs })
    if (isInGroups(row, filter)) found.push({ row, key })
    if (found.length > page.limit) break
  }
  const shown = found.slice(0, page.limit)
  const end = shown.at(-1)
  return {
    items: shown.map(({ row }) => row),
    ...(found.length > shown.length && end !== undefined ? { next: writeCursor(end.key) } : {}),
    asOf: position(),
  }
}

/** The incident of a cause at a position. Reads incident by key, instance by key. */
const newestAt = ({ connection }: QueryContext, workspace: number, position: number, cause: string) => {
  const row = connection
    .sql(
      `select c.step, c.node, c.error, i.uuid, i.version, i.title, f.workflow
        from incident c join instance i on i.id = c.instance join flow f on f.id = i.flow
        where c.workspace = ? and c.position = ? and c.cause = ? order by c.step desc limit 1`,
    )
    .get(workspace, position, cause)
  if (row === undefined) return undefined
  const { step, node, error } = row
  return {
    row: {
      step: Number(step),
      ...(node === null ? {} : { node: String(node) }),
      error: JSON.parse(String(error)) as StepIncident,
      group: cause,
    },
    of: {
      id: uuidText(row['uuid'] as Uint8Array),
      workflow: String(row['workflow']),
      version: Number(row['version']),
      title: String(row['title']),
    },
  }
}
