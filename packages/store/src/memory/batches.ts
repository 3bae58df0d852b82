import type { Batch, BatchRecord, BatchRow, BatchStore } from '@millrace/protocol'
import { countRows } from '../batch-counts.ts'
import { readCursor, writeCursor } from '../cursor.ts'
import { publishChange, type Tables } from './tables.ts'

export const memoryBatches = (tables: Tables): BatchStore => {
  const view = ({ record, rows }: { readonly record: BatchRecord; readonly rows: ReadonlyMap<number, BatchRow> }) => ({
    ...record,
    counts: countRows([...rows.values()].map(({ state }) => [state, 1])),
  })
  const announce = ({ id, workspace }: BatchRecord, changed: string) =>
    publishChange(tables, { noun: 'batch', id, workspace, changed: [changed] })
  return {
    create: async (record, rows) => {
      tables.batches.set(record.id, { order: tables.batches.size, record, rows: new Map(rows.map((row) => [row.n, row])) })
      announce(record, 'created')
    },
    save: async (record, rows = []) => {
      const kept = tables.batches.get(record.id)
      if (kept === undefined) throw new Error(`There is no batch ${record.id}.`)
      kept.record = record
      for (const row of rows) kept.rows.set(row.n, row)
      announce(record, 'progress')
    },
    batch: async (id) => {
      const kept = tables.batches.get(id)
      return kept === undefined ? undefined : view(kept)
    },
    batches: async (workspace, page) => {
      const [after] = readCursor(page.cursor, 1) ?? []
      const found = [...tables.batches.values()]
        .filter(({ record, order }) => record.workspace === workspace && (after === undefined || order < after))
        .sort((a, b) => b.order - a.order)
      const shown = found.slice(0, page.limit)
      const end = shown.at(-1)
      return {
        items: shown.map((kept) => withoutWorkspace(view(kept))),
        ...(found.length > shown.length && end !== undefined ? { next: writeCursor([end.order]) } : {}),
        asOf: tables.position,
      }
    },
    unfinished: async () =>
      [...tables.batches.values()]
        .filter(({ record, rows }) => record.status === 'running' || [...rows.values()].some(({ state }) => state === 'running'))
        .map(({ record }) => record),
    rows: async (id, { state, after = 0, limit }) =>
      [...(tables.batches.get(id)?.rows.values() ?? [])]
        .filter((row) => row.n > after && (state === undefined || state.includes(row.state)))
        .sort((a, b) => a.n - b.n)
        .slice(0, limit),
  }
}

const withoutWorkspace = ({ workspace: _, ...batch }: Batch & { readonly workspace: string }): Batch => batch
