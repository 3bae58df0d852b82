import type { Incident as StepIncident } from '@millrace/kernel'
import type { Incident, Page, PageOptions } from '@millrace/protocol'
import { uuidText } from '../../codec/uuid.ts'
import { readCursor, writeCursor } from '../../cursor.ts'
import { incidentOf } from '../../projections/incident.ts'
import type { QueryContext } from './context.ts'

/** Newest first. Reads incident by key, or by incident_cause; only open ones have rows. */
export const listIncidents = (
  { connection, lookups, position }: QueryContext,
  workspace: string,
  page: PageOptions & { readonly workflow?: string; readonly group?: string },
): Page<Incident> => {
  const [first, second] = readCursor(page.cursor, 2) ?? []
  const rows = connection
    .sql(
      `select c.position, c.step, c.node, c.cause, c.error, i.uuid, i.version, i.title, f.workflow
        from incident c join instance i on i.id = c.instance join flow f on f.id = i.flow
        where c.workspace = :workspace and (:cause is null or c.cause = :cause) and (:workflow is null or f.workflow = :workflow)
          and c.position <= :position and (c.position < :position or c.step > :step)
        order by c.position desc, c.step limit :limit`,
    )
    .all({
      workspace: lookups.findWorkspace(workspace) ?? -1,
      cause: page.group ?? null,
      workflow: page.workflow ?? null,
      position: first === undefined ? Number.MAX_SAFE_INTEGER : -first,
      step: second ?? -1,
      limit: page.limit + 1,
    })
  const kept = rows.slice(0, page.limit)
  const last = kept.at(-1)
  return {
    items: kept.map((row) =>
      incidentOf(
        {
          step: Number(row['step']),
          ...(row['node'] === null ? {} : { node: String(row['node']) }),
          error: JSON.parse(String(row['error'])) as StepIncident,
          group: String(row['cause']),
        },
        {
          id: uuidText(row['uuid'] as Uint8Array),
          workflow: String(row['workflow']),
          version: Number(row['version']),
          title: String(row['title']),
        },
      ),
    ),
    ...(rows.length > kept.length && last !== undefined ? { next: writeCursor([-Number(last['position']), Number(last['step'])]) } : {}),
    asOf: position(),
  }
}
