/** Table `incident`: open ones only. Writes by incident_step and by primary key. */
import type { IncidentChanges } from '../../projections/incident.ts'
import type { Connection } from '../connection.ts'
import type { Of } from './waiting.ts'

export const writeIncidents = ({ sql }: Connection, { drop, put }: IncidentChanges, of: Of): void => {
  for (const step of drop) sql('delete from incident where instance = ? and step = ?').run(of.id, step)
  for (const { step, node, group, error } of put) {
    sql('insert into incident (workspace, position, step, instance, node, cause, error) values (?, ?, ?, ?, ?, ?, ?)').run(
      of.workspaceId,
      of.position,
      step,
      of.id,
      node ?? null,
      group,
      JSON.stringify(error),
    )
  }
}
