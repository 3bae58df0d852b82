/** Tables `draft`, `version`, `last_version`, `bundle`: what can be started. All reads and writes by primary key, but lists of a workspace. */

import type { SQLOutputValue } from 'node:sqlite'
import type { JsonValue } from '@millrace/model'
import type { DefinitionStore, DraftRow, VersionRow } from '@millrace/protocol'
import { checkDraft, draftTag } from '../draft.ts'
import { TALLY_COLUMNS } from './codes.ts'
import type { Writer } from './writer.ts'

type Row = { readonly [column: string]: SQLOutputValue }

const TOTAL = TALLY_COLUMNS.join(' + ')
const OPEN = 'scheduled + queued + running + suspended + cancelling'

export const sqliteDefinitions = (writer: Writer): DefinitionStore => {
  const { connection, transaction, announce } = writer
  const { sql } = connection
  const draft = (workspace: string, id: string): DraftRow | undefined => {
    const row = sql('select * from draft where workspace = ? and id = ?').get(workspace, id)
    return row === undefined ? undefined : { ...readDraft(row), text: String(row['text']) }
  }
  const usageOf = (workspace: string, workflow: string, version: number): { readonly open: number; readonly total: number } => {
    // Reads flow by its unique key, tally by primary key.
    const row = sql(
      `select sum(${OPEN}) as open, sum(${TOTAL}) as total from tally
        where version = ?3 and flow in (select f.id from flow f join workspace w on w.id = f.workspace where w.name = ?1 and f.workflow = ?2)`,
    ).get(workspace, workflow, version)
    return { open: Number(row?.['open'] ?? 0), total: Number(row?.['total'] ?? 0) }
  }
  const numbersOf = (workspace: string, workflow: string): readonly number[] =>
    sql('select version from version where workspace = ? and workflow = ? order by version')
      .all(workspace, workflow)
      .map((row) => Number(row['version']))

  return {
    draft: async (workspace, id) => draft(workspace, id),
    saveDraft: async (given, ifMatch) =>
      transaction(() => {
        checkDraft(given.id, draft(given.workspace, given.id), ifMatch)
        const row = { ...given, etag: draftTag(given) }
        sql(
          'insert or replace into draft (workspace, id, title, text, format, etag, updated_by, updated_at) values (?, ?, ?, ?, ?, ?, ?, ?)',
        ).run(row.workspace, row.id, row.title, row.text, row.format, row.etag, row.updatedBy, row.updatedAtMs)
        announce({ noun: 'model', id: row.id, workspace: row.workspace, changed: ['draft'] })
        return row
      }),
    deleteDraft: async (workspace, id) =>
      transaction(() => {
        const { changes } = sql('delete from draft where workspace = ? and id = ?').run(workspace, id)
        if (changes > 0) announce({ noun: 'model', id, workspace, changed: ['draft'] })
      }),
    drafts: async (workspace) =>
      sql('select workspace, id, title, format, etag, updated_by, updated_at from draft where workspace = ? order by id')
        .all(workspace)
        .map(readDraft),
    version: async (workspace, workflow, version) => {
      const row = sql(
        'select * from version where workspace = ?1 and workflow = ?2 and (?3 is null or version = ?3) order by version desc limit 1',
      ).get(workspace, workflow, version ?? null)
      return row === undefined ? undefined : { ...readVersion(row), content: contentOf(row), source: String(row['source']) }
    },
    versions: async (workspace, workflow) =>
      sql(`select ${VERSION_COLUMNS} from version where workspace = ? and workflow = ? order by version desc`)
        .all(workspace, workflow)
        .map(readVersion)
        .map((row) => ({ ...row, ...usageOf(workspace, workflow, row.version) })),
    latest: async (workspace) =>
      sql(
        `select ${VERSION_COLUMNS}, content from version v where workspace = ?
          and version = (select max(version) from version o where o.workspace = v.workspace and o.workflow = v.workflow) order by workflow`,
      )
        .all(workspace)
        .map((row) => ({ ...readVersion(row), content: contentOf(row) })),
    nextVersion: async (workspace, workflow) => {
      const last = sql('select version from last_version where workspace = ? and workflow = ?').get(workspace, workflow)?.['version']
      return Number(last ?? 0) + 1
    },
    addVersion: async (row, bundle) =>
      transaction(() => {
        const next = sql(
          `insert into last_version (workspace, workflow, version) values (?, ?, 1)
            on conflict (workspace, workflow) do update set version = version + 1 returning version`,
        ).get(row.workspace, row.workflow)
        const version = Number(next?.['version'])
        sql(
          `insert into version (workspace, workflow, version, kind, hash, title, note, synced_by, synced_at, content, source, bundle)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ).run(
          row.workspace,
          row.workflow,
          version,
          row.kind,
          row.hash,
          row.title,
          row.note ?? null,
          row.syncedBy,
          row.syncedAtMs,
          JSON.stringify(row.content),
          row.source,
          row.bundle ?? null,
        )
        if (bundle !== undefined && row.bundle !== undefined) {
          sql('insert or ignore into bundle (workspace, hash, bytes) values (?, ?, ?)').run(row.workspace, row.bundle, bundle)
        }
        announce({ noun: nounOf(row.kind), id: row.workflow, workspace: row.workspace, version, changed: ['versions'] })
        return { ...row, version }
      }),
    deleteWorkflow: async (workspace, workflow) =>
      transaction(() => {
        const all = numbersOf(workspace, workflow)
        const kept = all.filter((version) => usageOf(workspace, workflow, version).total > 0)
        const deleted = all.filter((version) => !kept.includes(version))
        if (deleted.length === 0) return { deleted, kept }
        const kind = sql('select kind from version where workspace = ? and workflow = ? limit 1').get(workspace, workflow)?.['kind']
        for (const version of deleted) {
          sql('delete from version where workspace = ? and workflow = ? and version = ?').run(workspace, workflow, version)
        }
        sql(
          'delete from bundle where workspace = ?1 and hash not in (select bundle from version where workspace = ?1 and bundle is not null)',
        ).run(workspace)
        announce({ noun: nounOf(kind as VersionRow['kind']), id: workflow, workspace, changed: ['versions'] })
        return { deleted, kept }
      }),
    bundle: async (workspace, hash) => {
      const row = sql('select bytes from bundle where workspace = ? and hash = ?').get(workspace, hash)
      return row === undefined ? undefined : (row['bytes'] as Uint8Array)
    },
    usage: async (workspace) => {
      // Reads tally whole: one row per version that has instances.
      const rows = sql(
        `select f.workflow, sum(${OPEN}) as open, sum(${TOTAL}) as total, sum(incidents) as incidents
          from tally t join flow f on f.id = t.flow join workspace w on w.id = f.workspace where w.name = ? group by f.workflow having total > 0`,
      ).all(workspace)
      return new Map(
        rows.map((row) => [
          String(row['workflow']),
          { open: Number(row['open']), total: Number(row['total']), incidents: Number(row['incidents']) },
        ]),
      )
    },
  }
}

const nounOf = (kind: VersionRow['kind']): string => (kind === 'graph' ? 'model' : 'workflow')

const readDraft = (row: Row): Omit<DraftRow, 'text'> => ({
  workspace: String(row['workspace']),
  id: String(row['id']),
  title: String(row['title']),
  format: row['format'] as DraftRow['format'],
  etag: String(row['etag']),
  updatedBy: String(row['updated_by']),
  updatedAtMs: Number(row['updated_at']),
})

const VERSION_COLUMNS = 'workspace, workflow, version, kind, hash, title, note, synced_by, synced_at, bundle'

const readVersion = (row: Row): Omit<VersionRow, 'content' | 'source'> => ({
  workspace: String(row['workspace']),
  workflow: String(row['workflow']),
  version: Number(row['version']),
  kind: row['kind'] as VersionRow['kind'],
  hash: String(row['hash']),
  title: String(row['title']),
  ...(row['note'] === null ? {} : { note: String(row['note']) }),
  syncedBy: String(row['synced_by']),
  syncedAtMs: Number(row['synced_at']),
  ...(row['bundle'] === null ? {} : { bundle: String(row['bundle']) }),
})

const contentOf = (row: Row): JsonValue => JSON.parse(String(row['content'])) as JsonValue
