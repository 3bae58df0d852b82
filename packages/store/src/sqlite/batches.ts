/** Tables `batch` and `batch_row`. All by key, but the list of batches: by batch_workspace. */
import type { SQLOutputValue } from 'node:sqlite'
import type { Batch, BatchRecord, BatchRow, BatchRowState, BatchStore } from '@millrace/protocol'
import { countRows } from '../batch-counts.ts'
import { readCursor, writeCursor } from '../cursor.ts'
import type { Writer } from './writer.ts'

type Row = { readonly [column: string]: SQLOutputValue }

export const sqliteBatches = (writer: Writer): BatchStore => {
  const { connection, transaction, announce } = writer
  const { sql } = connection
  const put = (batch: BatchRecord) =>
    sql(
      `insert into batch (id, workspace, action, status, request, by, on_behalf_of, stage, stages, total, created, updated, ended)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (id) do update set status = excluded.status, stage = excluded.stage, updated = excluded.updated, ended = excluded.ended`,
    ).run(
      batch.id,
      batch.workspace,
      batch.action,
      batch.status,
      JSON.stringify(batch.request),
      batch.by,
      batch.onBehalfOf ?? null,
      batch.stage,
      JSON.stringify(batch.stages),
      batch.total,
      batch.createdAtMs,
      batch.updatedAtMs,
      batch.endedAtMs ?? null,
    )
  const putRow = (batch: string, row: BatchRow) =>
    sql(
      `insert into batch_row (batch, n, stage, instance, step, title, state, started, ended, problem) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (batch, n) do update set state = excluded.state, started = excluded.started, ended = excluded.ended, problem = excluded.problem`,
    ).run(
      batch,
      row.n,
      row.stage,
      row.instance,
      row.step ?? null,
      row.title,
      row.state,
      row.startedAtMs ?? null,
      row.endedAtMs ?? null,
      row.problem === undefined ? null : JSON.stringify(row.problem),
    )
  const write = (batch: BatchRecord, rows: readonly BatchRow[], changed: string) =>
    transaction(() => {
      put(batch)
      for (const row of rows) putRow(batch.id, row)
      announce({ noun: 'batch', id: batch.id, workspace: batch.workspace, changed: [changed] })
    })
  /** Reads batch_row by batch_row_state. */
  const counted = (record: BatchRecord): Batch & { readonly workspace: string } => ({
    ...record,
    counts: countRows(
      sql('select state, count(*) as n from batch_row where batch = ? group by state')
        .all(record.id)
        .map((row) => [row['state'] as BatchRowState, Number(row['n'])]),
    ),
  })
  return {
    create: async (batch, rows) => write(batch, rows, 'created'),
    save: async (batch, rows = []) => write(batch, rows, 'progress'),
    batch: async (id) => {
      const row = sql('select * from batch where id = ?').get(id)
      return row === undefined ? undefined : counted(readBatch(row))
    },
    batches: async (workspace, page) => {
      const [before] = readCursor(page.cursor, 1) ?? []
      const rows = sql('select * from batch where workspace = ? and place < ? order by place desc limit ?').all(
        workspace,
        before ?? Number.MAX_SAFE_INTEGER,
        page.limit + 1,
      )
      const shown = rows.slice(0, page.limit)
      const end = shown.at(-1)
      return {
        items: shown.map((row) => {
          const { workspace: _, ...batch } = counted(readBatch(row))
          return batch
        }),
        ...(rows.length > shown.length && end !== undefined ? { next: writeCursor([Number(end['place'])]) } : {}),
        asOf: writer.position,
      }
    },
    // Reads batch by batch_running, batch_row by batch_row_running.
    unfinished: async () =>
      sql(
        `select * from batch where status = 'running'
          union select * from batch where id in (select batch from batch_row where state = 'running') order by place`,
      )
        .all()
        .map(readBatch),
    rows: async (id, { state, after = 0, limit }) =>
      sql(
        `select * from batch_row where batch = ?1 and n > ?2 and (?3 is null or state in (select value from json_each(?3))) order by n limit ?4`,
      )
        .all(id, after, state === undefined ? null : JSON.stringify(state), limit)
        .map(readRow),
  }
}

const readBatch = (row: Row): BatchRecord => ({
  id: String(row['id']),
  workspace: String(row['workspace']),
  action: row['action'] as Batch['action'],
  status: row['status'] as Batch['status'],
  request: JSON.parse(String(row['request'])) as Batch['request'],
  by: String(row['by']),
  ...(row['on_behalf_of'] === null ? {} : { onBehalfOf: String(row['on_behalf_of']) }),
  stage: Number(row['stage']),
  stages: JSON.parse(String(row['stages'])) as number[],
  total: Number(row['total']),
  createdAtMs: Number(row['created']),
  updatedAtMs: Number(row['updated']),
  ...(row['ended'] === null ? {} : { endedAtMs: Number(row['ended']) }),
})

const readRow = (row: Row): BatchRow => ({
  n: Number(row['n']),
  stage: Number(row['stage']),
  instance: String(row['instance']),
  ...(row['step'] === null ? {} : { step: Number(row['step']) }),
  title: String(row['title']),
  state: row['state'] as BatchRowState,
  ...(row['started'] === null ? {} : { startedAtMs: Number(row['started']) }),
  ...(row['ended'] === null ? {} : { endedAtMs: Number(row['ended']) }),
  ...(row['problem'] === null ? {} : { problem: JSON.parse(String(row['problem'])) as NonNullable<BatchRow['problem']> }),
})
