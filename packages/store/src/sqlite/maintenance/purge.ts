/** Ended instances and everything of theirs, a slice per transaction; one line of each stays. */
import type { MaintenanceStore } from '@millrace/protocol'
import { uuidBytes, uuidText } from '../../codec/uuid.ts'
import { statusCode } from '../codes.ts'
import { createLoader, type Loader } from '../load.ts'
import { WORKSPACE_STEP } from '../lookups.ts'
import { factReads } from '../tables/fact.ts'
import type { StoredInstance } from '../tables/instance.ts'
import { createTally } from '../tables/tally.ts'
import { POSITION_SETTING, type Writer } from '../writer.ts'

type PurgeOptions = Parameters<MaintenanceStore['purge']>[0]

/** Instances per transaction: some milliseconds. */
const SLICE = 50

/** @returns how many were purged */
export const purge = async (writer: Writer, options: PurgeOptions): Promise<number> => {
  let purged = 0
  for (const flow of flowsOf(writer, options)) {
    let after = 0
    for (;;) {
      const limit = Math.min(SLICE, options.limit - purged)
      const slice = ended(writer, { flow, after, before: options.endedBeforeMs, limit })
      const last = slice.at(-1)
      if (last === undefined) break
      writer.transaction(() =>
        purgeSlice(
          writer,
          slice.map(({ uuid }) => uuid),
        ),
      )
      purged += slice.length
      after = last.id
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  return purged
}

const flowsOf = ({ connection }: Writer, { workspace, workflow }: PurgeOptions): readonly number[] =>
  connection
    .sql('select f.id from flow f join workspace w on w.id = f.workspace where w.name = ? and f.workflow = ?')
    .all(workspace, workflow)
    .map((row) => Number(row['id']))

/** Oldest first. Reads instance by instance_flow from where the last slice ended, so that what is parked there is looked at once. */
const ended = (
  { connection }: Writer,
  { flow, after, before, limit }: { readonly flow: number; readonly after: number; readonly before: number; readonly limit: number },
): readonly { readonly id: number; readonly uuid: string }[] =>
  connection
    .sql('select id, uuid from instance where flow = ? and id > ? and ended < ? order by id limit ?')
    .all(flow, after, before, limit)
    .map((row) => ({ id: Number(row['id']), uuid: uuidText(row['uuid'] as Uint8Array) }))

const purgeSlice = (writer: Writer, ids: readonly string[]): void => {
  const { connection, lookups } = writer
  const { sql } = connection
  const loader = createLoader(connection, lookups)
  const tally = createTally(connection)
  for (const id of ids) {
    const instance = loader.row(id)
    if (instance === undefined) continue
    const flow = lookups.flow(instance)
    purgeInstance(writer, loader, instance, flow)
    tally.move(flow.id, instance.version, { from: instance.status, incidents: 0 })
  }
  tally.flush()
  // The rows at the right edge may be gone now; their positions must not be given again.
  sql('insert into setting (name, value) values (?, ?) on conflict (name) do update set value = excluded.value').run(
    POSITION_SETTING,
    String(writer.position),
  )
}

const purgeInstance = (
  { connection, handles }: Writer,
  loader: Loader,
  instance: StoredInstance,
  flow: { readonly id: number; readonly workspaceId: number },
): void => {
  const { sql } = connection
  const id = instance.rowId
  sql('insert into purged (uuid, flow, version, status, title, created, ended) values (?, ?, ?, ?, ?, ?, ?)').run(
    uuidBytes(instance.id),
    flow.id,
    instance.version,
    statusCode.write(instance.status),
    instance.title,
    instance.createdAtMs,
    instance.endedAtMs ?? 0,
  )
  for (const { position } of factReads(connection, loader.blobs(instance.workspace)).backTo(instance, 1)) {
    sql('delete from fact where position = ?').run(position)
  }
  for (const table of ['snapshot', 'work_item', 'involved', 'step', 'incident', 'lock_request'])
    sql(`delete from ${table} where instance = ?`).run(id)
  for (const row of sql('delete from blob_use where instance = ? returning hash').all(id))
    dropBlob(sql, String(row['hash']), flow.workspaceId)
  sql('delete from instance where id = ?').run(id)
  handles.drop(instance.id)
}

/** Unless another instance of the workspace refers to it. Reads blob_use by blob_use_hash. */
const dropBlob = (sql: Writer['connection']['sql'], hash: string, workspace: number): void => {
  sql(
    `delete from blob where workspace = ?1 and hash = ?2
      and not exists (select 1 from blob_use where hash = ?2 and instance > ?3 and instance < ?4)`,
  ).run(workspace, hash, workspace * WORKSPACE_STEP, (workspace + 1) * WORKSPACE_STEP)
}
