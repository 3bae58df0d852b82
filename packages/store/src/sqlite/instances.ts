import type { SQLOutputValue } from 'node:sqlite'
import type { DueTimer, InstanceStore, LockRow } from '@millrace/protocol'
import { isUuid, uuidBytes, uuidText } from '../codec/uuid.ts'
import { COMPLETED_CODE, statusCode } from './codes.ts'
import { createCommit } from './commit.ts'
import { createLoader } from './load.ts'
import { workspaceRange } from './lookups.ts'
import { factReads } from './tables/fact.ts'
import { readAnswer, readMessage, readMessages } from './tables/message.ts'
import { OWN_TIMER } from './tables/waiting.ts'
import type { Writer } from './writer.ts'

/** Reads here run on the writing connection: the engine asks for what it has just written, and those pages are in its cache. */
export const sqliteInstances = (writer: Writer): InstanceStore => {
  const { connection, lookups } = writer
  const { sql } = connection
  const commit = createCommit(writer)
  const loader = createLoader(connection, lookups, writer.handles)

  const openIds = (
    query: string,
    options: { readonly after?: string; readonly limit: number; readonly workspace?: string },
  ): readonly string[] => {
    const { from, to } = workspaceRange(lookups, options.workspace)
    const after =
      options.after !== undefined && isUuid(options.after)
        ? sql('select id from instance where uuid = ?').get(uuidBytes(options.after))
        : undefined
    return sql(query)
      .all(Math.max(Number(after?.['id'] ?? 0), from), to, options.limit)
      .map((row) => uuidText(row['uuid'] as Uint8Array))
  }

  return {
    load: async (ids) => {
      const states = ids.map((id) => [id, loader.state(id)] as const)
      return new Map(states.flatMap(([id, state]) => (state === undefined ? [] : [[id, state]])))
    },
    commit: async (batch) => ({ position: commit(batch) }),
    facts: async (id, { after = 0, limit = MOST } = {}) => {
      const row = loader.row(id)
      if (row === undefined) return []
      const rows = factReads(connection, loader.blobs(row.workspace)).after(row, after, limit)
      const facts = rows.flatMap(({ seq, facts: inRow }) => inRow.map((fact, index) => ({ seq: seq + index, fact })))
      return facts.filter(({ seq }) => seq > after).slice(0, limit)
    },
    unfinished: async (options) => openIds(BUSY, options),
    open: async (options) => openIds(OPEN, options),
    lockRows: async () => sql(LOCK_ROWS).all().map(readLockRow(lookups.workspaceName)),
    dueTimers: async ({ beforeMs, limit }) => sql(DUE_TIMERS).all(beforeMs, limit).map(readTimer),
    nextTimerAtMs: async () => {
      const due = sql('select min(due) as due from timer').get()?.['due']
      return typeof due === 'number' ? due : undefined
    },
    waiters: async (workspace, name, key) =>
      sql(WAITERS)
        .all(lookups.findWorkspace(workspace) ?? -1, name, key ?? null)
        .map((row) => ({ instance: uuidText(row['uuid'] as Uint8Array), step: Number(row['step']) })),
    keptMessage: async (workspace, name, key) => readMessage(connection, lookups, { workspace, name, key }),
    keptMessages: async (options) => readMessages(connection, lookups, options),
    answer: async (workspace, user, route, key) => readAnswer(connection, { workspace, user, route, key }),
  }
}

/** More than any history has; one less than the largest integer, since a read adds one. */
const MOST = Number.MAX_SAFE_INTEGER - 1

/**
 * Open instances in the order they began. One arm per status, each in order by instance_status, merged: no sort, so a page costs what a page holds.
 */
const open = (condition: string) => `
  select uuid from (
    ${(['SCHEDULED', 'QUEUED', 'RUNNING', 'SUSPENDED', 'CANCELLING'] as const)
      .map(
        (status) => `select id, uuid from instance indexed by instance_status
          where status = ${statusCode.write(status)} and status <> ${COMPLETED_CODE} and id > ?1 and id < ?2 ${condition}`,
      )
      .join(' union all ')}
    order by id limit ?3)`
const OPEN = open('')
const BUSY = open('and busy > 0')

/** Reads lock_request whole, instance by key. */
const LOCK_ROWS = `
  select l.place, l.since, l.force, i.uuid, i.title, i.status, i.locks, f.workspace
  from lock_request l join instance i on i.id = l.instance join flow f on f.id = i.flow order by l.place`

/** Reads timer by key from its beginning, instance by key. */
const DUE_TIMERS = `
  select t.due, t.step, t.timeout, i.uuid from timer t join instance i on i.id = t.instance
  where t.due <= ? order by t.due, t.instance, t.step, t.timeout limit ?`

/** Reads step by step_message, instance by key. */
const WAITERS = `
  select s.step, i.uuid from step s join instance i on i.id = s.instance
  where s.workspace = ?1 and s.message = ?2 and (s.message_key is null or s.message_key = ?3) order by s.since, s.step`

type Row = { readonly [column: string]: SQLOutputValue }

const readLockRow =
  (workspaceName: (id: number) => string) =>
  (row: Row): LockRow => ({
    instance: uuidText(row['uuid'] as Uint8Array),
    workspace: workspaceName(Number(row['workspace'])),
    title: String(row['title']),
    status: statusCode.read(row['status']),
    locks: JSON.parse(String(row['locks'])) as string[],
    force: row['force'] === 1,
    order: Number(row['place']),
    sinceMs: Number(row['since']),
  })

const readTimer = (row: Row): DueTimer => ({
  instance: uuidText(row['uuid'] as Uint8Array),
  step: Number(row['step']),
  ...(row['timeout'] === OWN_TIMER ? {} : { timeout: Number(row['timeout']) }),
  dueAtMs: Number(row['due']),
})
