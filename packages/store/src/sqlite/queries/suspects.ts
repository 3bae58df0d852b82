import { isUuid, uuidBytes, uuidText } from '../../codec/uuid.ts'
import { COMPLETED_CODE, statusCode } from '../codes.ts'
import { workspaceRange } from '../lookups.ts'
import type { QueryContext } from './context.ts'

/** Running instances looked at in one go: some milliseconds. */
const SLICE = 2_000

/**
 * Running instances that nothing stored explains. Reads instance by instance_status in slices; step, work_item, incident and the last fact of each by key.
 * Whatever waits has a row; what is busy is explained while its last fact is young.
 */
export const findSuspects = async (
  { connection, lookups }: QueryContext,
  options: { readonly workspace: string; readonly quietBeforeMs: number; readonly after?: string; readonly limit: number },
): Promise<readonly string[]> => {
  const { sql } = connection
  const { from, to } = workspaceRange(lookups, options.workspace)
  const start =
    options.after !== undefined && isUuid(options.after)
      ? Number(sql('select id from instance where uuid = ?').get(uuidBytes(options.after))?.['id'] ?? from)
      : from
  const found: string[] = []
  for (let low = Math.max(from, start); found.length < options.limit; ) {
    const last = sql(SLICE_END).get(low, to, SLICE)?.['id']
    if (typeof last !== 'number') break
    found.push(
      ...sql(SUSPECTS)
        .all({ low, high: last, quiet: options.quietBeforeMs, limit: options.limit - found.length })
        .map((row) => uuidText(row['uuid'] as Uint8Array)),
    )
    low = last
    await new Promise((resolve) => setImmediate(resolve))
  }
  return found
}

const RUNNING = `indexed by instance_status where status = ${statusCode.write('RUNNING')} and status <> ${COMPLETED_CODE}`

const SLICE_END = `select max(id) as id from (select id from instance ${RUNNING} and id > ? and id < ? order by id limit ?)`

const SUSPECTS = `
  select i.uuid from instance i ${RUNNING.replaceAll('status', 'i.status').replace('instance_i.status', 'instance_status')}
    and i.id > :low and i.id <= :high and i.incidents = 0
    and case when i.busy > 0 then (select at from fact where position = i.last) < :quiet
      else not exists (select 1 from step s where s.instance = i.id)
        and not exists (select 1 from work_item w where w.instance = i.id and w.status = 0) end
  order by i.id limit :limit`
