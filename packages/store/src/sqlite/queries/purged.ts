import type { PurgedInstance } from '@millrace/protocol'
import { isUuid, uuidBytes } from '../../codec/uuid.ts'
import { statusCode } from '../codes.ts'
import type { QueryContext } from './context.ts'

/** The line that stays of a purged instance. Reads purged by its key. */
export const readPurged = ({ connection }: QueryContext, instance: string): PurgedInstance | undefined => {
  if (!isUuid(instance)) return undefined
  const row = connection
    .sql(
      `select w.name as workspace, f.workflow, p.version, p.status, p.title, p.created, p.ended
        from purged p join flow f on f.id = p.flow join workspace w on w.id = f.workspace where p.uuid = ?`,
    )
    .get(uuidBytes(instance))
  if (row === undefined) return undefined
  return {
    workspace: String(row['workspace']),
    workflow: String(row['workflow']),
    version: Number(row['version']),
    status: statusCode.read(Number(row['status'])),
    title: String(row['title']),
    createdAtMs: Number(row['created']),
    endedAtMs: Number(row['ended']),
  }
}
