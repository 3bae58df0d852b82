/** A state from disk: its last snapshot, if it has one, and the fold of the facts since. */
import { apply, type State } from '@millrace/kernel'
import type { BlobReader } from '../codec/blob.ts'
import { decodeState } from '../codec/state-codec.ts'
import { isUuid, uuidBytes } from '../codec/uuid.ts'
import type { Connection } from './connection.ts'
import type { Handles } from './handles.ts'
import type { Lookups } from './lookups.ts'
import { blobReader } from './tables/blob.ts'
import { factReads } from './tables/fact.ts'
import { INSTANCE_COLUMNS, readInstance, type StoredInstance } from './tables/instance.ts'

export interface Loader {
  /** The row of an instance; undefined when there is none. */
  row(uuid: string): StoredInstance | undefined
  state(uuid: string): State | undefined
  blobs(workspace: string): BlobReader
}

/** @param handles kept for the next commit; absent for a reader */
export const createLoader = (connection: Connection, lookups: Lookups, handles?: Handles): Loader => {
  const { sql } = connection
  const blobs = (workspace: string): BlobReader => blobReader(connection, lookups.findWorkspace(workspace) ?? 0)
  const rowOf = (uuid: string) => {
    if (!isUuid(uuid)) return undefined
    const row = sql(
      `select ${INSTANCE_COLUMNS}, s.seq as s_seq, s.format as s_format, s.body as s_body
        from instance i left join snapshot s on s.instance = i.id where i.uuid = ?`,
    ).get(uuidBytes(uuid))
    if (row === undefined) return undefined
    const flow = lookups.flowById(Number(row['i_flow']))
    return { row, instance: readInstance(row, lookups, blobReader(connection, flow.workspaceId)) }
  }
  return {
    blobs,
    row: (uuid) => rowOf(uuid)?.instance,
    state: (uuid) => {
      const found = rowOf(uuid)
      if (found === undefined) return undefined
      const { row, instance } = found
      const reader = blobs(instance.workspace)
      const snapshotSeq = Number(row['s_seq'] ?? 0)
      let state = snapshotSeq === 0 ? undefined : decodeState(String(row['s_body']), Number(row['s_format']), reader)
      for (const { seq, facts } of factReads(connection, reader).backTo(instance, snapshotSeq + 1)) {
        for (const [index, fact] of facts.entries()) if (seq + index > snapshotSeq) state = apply(state, fact)
      }
      const snapshotLength = row['s_body'] === null ? 0 : String(row['s_body']).length
      handles?.keep(uuid, { id: instance.rowId, facts: instance.facts, last: instance.last, snapshotSeq, snapshotLength })
      return state
    },
  }
}
