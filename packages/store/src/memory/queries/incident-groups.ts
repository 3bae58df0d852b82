import type { IncidentGroupFilter, Page, PageOptions } from '@millrace/protocol'
import { readCursor, writeCursor } from '../../cursor.ts'
import { compareKeys } from '../../projections/inbox-view.ts'
import type { IncidentRow } from '../../projections/incident.ts'
import { type GroupRow, groupKey, incidentGroupRow, isInGroups } from '../../projections/incident-group.ts'
import type { MemoryInstance, Tables } from '../tables.ts'

interface Found {
  readonly row: IncidentRow & { readonly order: number }
  readonly instance: MemoryInstance
}

/** Open incidents by cause. */
export const listIncidentGroups = (tables: Tables, workspace: string, filter: IncidentGroupFilter, page: PageOptions): Page<GroupRow> => {
  const after = readCursor(page.cursor, 2)
  const groups = Map.groupBy(incidentsOf(tables, workspace), ({ row }) => row.group)
  const rows = [...groups.values()]
    .map((group) => {
      const sorted = group.toSorted((a, b) => a.row.order - b.row.order || a.row.step - b.row.step)
      const newest = sorted.at(-1) as Found
      const { id, workflow, version, title } = newest.instance.state
      const count = { count: group.length, firstAtMs: sorted[0]?.row.error.atMs ?? 0 }
      return {
        row: incidentGroupRow(newest.row, { id, workflow, version, title }, count),
        key: groupKey(group.length, newest.row.order, filter.sort),
      }
    })
    .filter(({ row, key }) => isInGroups(row, filter) && (after === undefined || compareKeys(key, after) > 0))
    .sort((a, b) => compareKeys(a.key, b.key))
  const shown = rows.slice(0, page.limit)
  const end = shown.at(-1)
  return {
    items: shown.map(({ row }) => row),
    ...(rows.length > shown.length && end !== undefined ? { next: writeCursor(end.key) } : {}),
    asOf: tables.position,
  }
}

const incidentsOf = (tables: Tables, workspace: string): readonly Found[] =>
  [...tables.instances.values()]
    .filter(({ state }) => state.workspace === workspace)
    .flatMap((instance) => Array.from(instance.incidents.values(), (row) => ({ row, instance })))
