/**
 * Table `instance`: what lists show and filter by. The state itself is not here.
 *
 * Writes: one insert at the begin, one update per tick, many rows per statement. Reads: by instance_uuid.
 */

import type { SQLOutputValue } from 'node:sqlite'
import type { Payload, State } from '@millrace/kernel'
import type { SummaryState } from '@millrace/protocol'
import { type BlobReader, type BlobWriter, mayRestore, mayShrink, restore, shrink, shrinkValues } from '../../codec/blob.ts'
import type { RowInstance } from '../../codec/fact-shapes.ts'
import { uuidBytes, uuidText } from '../../codec/uuid.ts'
import { type Bulk, bulk, repeat } from '../bulk.ts'
import { COMPLETED_CODE, payloadCode, statusCode } from '../codes.ts'
import type { Connection } from '../connection.ts'
import type { Flow, Lookups } from '../lookups.ts'

export interface InstanceMarks {
  readonly last: number
  /** At the begin how many there are, afterwards what is added to them. */
  readonly busy: number
  readonly incidents: number
}

export interface InstanceWrites {
  insert(id: number, state: State, flow: Flow, marks: InstanceMarks): void
  update(id: number, change: { readonly before: State; readonly after: State }, marks: InstanceMarks): void
  readonly bulks: readonly Bulk[]
}

const COLUMNS =
  'id, uuid, flow, version, status, run, priority, initiator, created, started, ended, facts, last, busy, incidents, title, payload_kind, payload, data, locks, parent, parent_step'

/** Priority of nearly all; stored as null, which takes no byte. */
const USUAL_PRIORITY = 50

/**
 * Handing a value to SQLite takes a tenth of a microsecond, so that rows of 22 columns cost more than their trees. The usual begin and the two usual changes have
 * statements of their own, which name only what they set.
 */
export const instanceWrites = (
  connection: Connection,
  lookups: Lookups,
  blobsOf: (instance: number, workspace: number) => BlobWriter,
): InstanceWrites => {
  const { sql } = connection
  const plain = bulk(connection, {
    head: 'insert into instance (id, uuid, flow, version, status, initiator, created, started, facts, last, busy, title, payload_kind, payload, data, run, incidents) values',
    columns: 15,
    constants: '1, 0',
  })
  const full = bulk(connection, { head: `insert into instance (${COLUMNS}) values`, columns: 22 })
  const moved = repeat(connection, MOVED, 5)
  const endedWell = repeat(connection, ENDED_WELL, 4)
  return {
    insert: (id, state, flow, { last, busy, incidents }) => {
      const { payload, data } = state
      const blobs = () => blobsOf(id, flow.workspaceId)
      const isPlain =
        state.parent === undefined &&
        state.locks.length === 0 &&
        state.run === 1 &&
        incidents === 0 &&
        state.endedAtMs === undefined &&
        state.priority === USUAL_PRIORITY
      if (isPlain) {
        plain
          .row()
          .push(
            id,
            uuidBytes(state.id),
            flow.id,
            state.version,
            statusCode.write(state.status),
            lookups.name(state.initiator),
            state.createdAtMs,
            state.startedAtMs ?? null,
            state.facts,
            last,
            busy,
            state.title,
            payloadCode.write(payload.kind),
            payloadText(payload, blobs),
            isEmpty(data) ? null : dataText(data, blobs),
          )
        return
      }
      full
        .row()
        .push(
          id,
          uuidBytes(state.id),
          flow.id,
          state.version,
          statusCode.write(state.status),
          state.run,
          state.priority === USUAL_PRIORITY ? null : state.priority,
          lookups.name(state.initiator),
          state.createdAtMs,
          state.startedAtMs ?? null,
          state.endedAtMs ?? null,
          state.facts,
          last,
          busy,
          incidents,
          state.title,
          payloadCode.write(payload.kind),
          payloadText(payload, blobs),
          isEmpty(data) ? null : dataText(data, blobs),
          state.locks.length === 0 ? null : JSON.stringify(state.locks),
          state.parent === undefined ? null : uuidBytes(state.parent.instance),
          state.parent?.step ?? null,
        )
    },
    update: (id, { before, after }, { last, busy, incidents }) => {
      const isSameRun = before.run === after.run && before.startedAtMs === after.startedAtMs && before.data === after.data
      if (isSameRun && before.status === after.status) {
        moved.row().push(after.facts, last, busy, incidents, id)
        return
      }
      if (isSameRun && after.status === 'COMPLETED' && after.endedAtMs !== undefined) {
        // Nothing is open any more, so there is nothing to add to.
        endedWell.row().push(after.endedAtMs, after.facts, last, id)
        return
      }
      sql(CHANGED).run(
        statusCode.write(after.status),
        after.run,
        after.startedAtMs ?? null,
        after.endedAtMs ?? null,
        after.facts,
        last,
        busy,
        incidents,
        before.data === after.data ? null : dataText(after.data, () => blobsOf(id, lookups.flow(after).workspaceId)),
        id,
      )
    },
    bulks: [plain, full, moved, endedWell],
  }
}

/** The tick before a step's end, and every step but the last. */
const MOVED = 'update instance set facts = ?, last = ?, busy = busy + ?, incidents = incidents + ? where id = ?'
const ENDED_WELL = `update instance set status = ${COMPLETED_CODE}, ended = ?, facts = ?, last = ?, busy = 0, incidents = 0 where id = ?`
const CHANGED = `update instance set status = ?, run = ?, started = ?, ended = ?, facts = ?, last = ?, busy = busy + ?, incidents = incidents + ?,
  data = coalesce(?, data) where id = ?`

const isEmpty = (record: object): boolean => {
  for (const _ in record) return false
  return true
}

const jsonText = (value: unknown, blobs: () => BlobWriter): string => {
  const text = JSON.stringify(value)
  return mayShrink(text) ? JSON.stringify(shrink(value, blobs())) : text
}

/** The record itself stays in the row, so that its small values can be searched. */
const dataText = (data: State['data'], blobs: () => BlobWriter): string => {
  const text = JSON.stringify(data)
  return mayShrink(text) ? JSON.stringify(shrinkValues(data, blobs())) : text
}

const payloadText = (payload: Payload, blobs: () => BlobWriter): string | null => {
  if (payload.kind === 'none') return null
  return payload.kind === 'json' ? jsonText(payload.json, blobs) : payload.ref
}

type Row = { readonly [column: string]: SQLOutputValue }

/** Columns of a query that `readInstance` understands. */
export const INSTANCE_COLUMNS = COLUMNS.split(', ')
  .map((column) => `i.${column} as i_${column}`)
  .join(', ')

export interface StoredInstance extends SummaryState, Pick<RowInstance, 'workspace'> {
  readonly rowId: number
  readonly facts: number
  readonly last: number
  readonly incidents: number
  readonly busy: number
}

export const readInstance = (row: Row, lookups: Lookups, blobs: BlobReader): StoredInstance => {
  const flow = lookups.flowById(Number(row['i_flow']))
  const started = row['i_started']
  const ended = row['i_ended']
  const parent = row['i_parent']
  return {
    rowId: Number(row['i_id']),
    facts: Number(row['i_facts']),
    last: Number(row['i_last']),
    busy: Number(row['i_busy']),
    incidents: Number(row['i_incidents']),
    id: uuidText(row['i_uuid'] as Uint8Array),
    workspace: flow.workspace,
    workflow: flow.workflow,
    kind: flow.kind,
    version: Number(row['i_version']),
    status: statusCode.read(row['i_status']),
    run: Number(row['i_run']),
    priority: Number(row['i_priority'] ?? USUAL_PRIORITY),
    initiator: lookups.nameText(Number(row['i_initiator'])),
    createdAtMs: Number(row['i_created']),
    ...(started === null ? {} : { startedAtMs: Number(started) }),
    ...(ended === null ? {} : { endedAtMs: Number(ended) }),
    title: String(row['i_title']),
    payload: readPayload(row['i_payload_kind'], row['i_payload'], blobs),
    locks: row['i_locks'] === null ? [] : JSON.parse(String(row['i_locks'])),
    ...(parent === null ? {} : { parent: { instance: uuidText(parent as Uint8Array), step: Number(row['i_parent_step']) } }),
  }
}

const readPayload = (code: unknown, value: unknown, blobs: BlobReader): Payload => {
  const kind = payloadCode.read(code)
  if (kind === 'none') return { kind }
  const text = String(value)
  if (kind !== 'json') return { kind, ref: text }
  const json: unknown = JSON.parse(text)
  return { kind, json: (mayRestore(text) ? restore(json, blobs) : json) as Extract<Payload, { kind: 'json' }>['json'] }
}
