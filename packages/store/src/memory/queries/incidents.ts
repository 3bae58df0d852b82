import type { Incident, Page, PageOptions } from '@millrace/protocol'
import { readCursor, writeCursor } from '../../cursor.ts'
import { compareKeys } from '../../projections/inbox-view.ts'
import { incidentOf } from '../../projections/incident.ts'
import type { Tables } from '../tables.ts'

/** Newest first. */
export const listIncidents = (
  tables: Tables,
  workspace: string,
  page: PageOptions & { readonly workflow?: string; readonly group?: string },
): Page<Incident> => {
  const after = readCursor(page.cursor, 2)
  const found = [...tables.instances.values()]
    .filter(({ state }) => state.workspace === workspace && (page.workflow === undefined || state.workflow === page.workflow))
    .flatMap((instance) => Array.from(instance.incidents.values(), (row) => ({ row, instance })))
    .filter(({ row }) => page.group === undefined || row.group === page.group)
    .map((each) => ({ ...each, key: [-each.row.order, each.row.step] as const }))
    .filter(({ key }) => after === undefined || compareKeys(key, after) > 0)
    .sort((a, b) => compareKeys(a.key, b.key))
  const rows = found.slice(0, page.limit)
  const last = rows.at(-1)
  return {
    items: rows.map(({ row, instance }) => incidentOf(row, instance.state)),
    ...(found.length > rows.length && last !== undefined ? { next: writeCursor(last.key) } : {}),
    asOf: tables.position,
  }
}
