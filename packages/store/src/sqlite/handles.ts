/** What a commit must know of an instance that is there already, so that it reads nothing: its number, its last row, its snapshot. */
import { uuidBytes } from '../codec/uuid.ts'
import type { Connection } from './connection.ts'

export interface Handle {
  readonly id: number
  /** Facts it has; a state decided on another number of them is not the one that is stored. */
  readonly facts: number
  /** Position of its last row of facts. */
  readonly last: number
  /** Facts in its snapshot; 0 = it has none. */
  readonly snapshotSeq: number
  readonly snapshotLength: number
}

export interface Handles {
  /** Reads the row when the handle is not in memory. */
  get(uuid: string): Handle | undefined
  keep(uuid: string, handle: Handle): void
  drop(uuid: string): void
}

/** Handles in memory: 100 bytes each. Instances beyond these cost one read by their id at their next commit. */
const MAX_HANDLES = 20_000

export const createHandles = ({ sql }: Connection): Handles => {
  const handles = new Map<string, Handle>()
  const keep = (uuid: string, handle: Handle) => {
    if (handles.size >= MAX_HANDLES)
      for (const oldest of handles.keys()) {
        handles.delete(oldest)
        if (handles.size < MAX_HANDLES) break
      }
    handles.set(uuid, handle)
  }
  return {
    get: (uuid) => {
      const known = handles.get(uuid)
      if (known !== undefined) return known
      // Reads instance by instance_uuid, snapshot by its key.
      const row = sql(
        `select i.id, i.facts, i.last, s.seq, length(s.body) as length from instance i left join snapshot s on s.instance = i.id where i.uuid = ?`,
      ).get(uuidBytes(uuid))
      if (row === undefined) return undefined
      const handle = {
        id: Number(row['id']),
        facts: Number(row['facts']),
        last: Number(row['last']),
        snapshotSeq: Number(row['seq'] ?? 0),
        snapshotLength: Number(row['length'] ?? 0),
      }
      keep(uuid, handle)
      return handle
    },
    keep,
    drop: (uuid) => void handles.delete(uuid),
  }
}
