import { isFinal } from '@millrace/kernel'
import type { DefinitionStore, DraftRow, VersionRow } from '@millrace/protocol'
import { checkDraft, draftTag } from '../draft.ts'
import { keyOf, publishChange, type Tables } from './tables.ts'

export const memoryDefinitions = (tables: Tables): DefinitionStore => {
  const versionsOf = (workspace: string, workflow: string): readonly VersionRow[] => tables.versions.get(keyOf(workspace, workflow)) ?? []
  const countInstances = (workspace: string, workflow: string, version?: number) => {
    const counts = { open: 0, total: 0, incidents: 0 }
    for (const { state, incidents } of tables.instances.values()) {
      if (state.workspace !== workspace || state.workflow !== workflow || (version !== undefined && state.version !== version)) continue
      counts.total++
      if (!isFinal(state.status)) counts.open++
      counts.incidents += incidents.size
    }
    return counts
  }
  return {
    draft: async (workspace, id) => tables.drafts.get(keyOf(workspace, id)),
    saveDraft: async (draft, ifMatch) => {
      const key = keyOf(draft.workspace, draft.id)
      checkDraft(draft.id, tables.drafts.get(key), ifMatch)
      const row = { ...draft, etag: draftTag(draft) }
      tables.drafts.set(key, row)
      publishChange(tables, { noun: 'model', id: draft.id, workspace: draft.workspace, changed: ['draft'] })
      return row
    },
    deleteDraft: async (workspace, id) => {
      if (tables.drafts.delete(keyOf(workspace, id))) publishChange(tables, { noun: 'model', id, workspace, changed: ['draft'] })
    },
    drafts: async (workspace) =>
      [...tables.drafts.values()]
        .filter((draft) => draft.workspace === workspace)
        .sort((a, b) => compareText(a.id, b.id))
        .map(withoutText),
    version: async (workspace, workflow, version) => {
      const rows = versionsOf(workspace, workflow)
      return version === undefined ? rows.at(-1) : rows.find((row) => row.version === version)
    },
    versions: async (workspace, workflow) =>
      versionsOf(workspace, workflow)
        .toReversed()
        .map(({ content: _c, source: _s, ...row }) => {
          const { open, total } = countInstances(workspace, workflow, row.version)
          return { ...row, open, total }
        }),
    latest: async (workspace) =>
      [...tables.versions.values()]
        .flatMap((rows) => rows.at(-1) ?? [])
        .filter((row) => row.workspace === workspace)
        .sort((a, b) => compareText(a.workflow, b.workflow))
        .map(withoutSource),
    nextVersion: async (workspace, workflow) => (tables.lastVersion.get(keyOf(workspace, workflow)) ?? 0) + 1,
    addVersion: async (row, bundle) => {
      const key = keyOf(row.workspace, row.workflow)
      const version = (tables.lastVersion.get(key) ?? 0) + 1
      const added = { ...row, version }
      tables.lastVersion.set(key, version)
      tables.versions.set(key, [...(tables.versions.get(key) ?? []), added])
      if (bundle !== undefined && row.bundle !== undefined) tables.bundles.set(keyOf(row.workspace, row.bundle), bundle)
      const noun = row.kind === 'graph' ? 'model' : 'workflow'
      publishChange(tables, { noun, id: row.workflow, workspace: row.workspace, version, changed: ['versions'] })
      return added
    },
    deleteWorkflow: async (workspace, workflow) => {
      const rows = versionsOf(workspace, workflow)
      const kept = rows.filter((row) => countInstances(workspace, workflow, row.version).total > 0)
      const deleted = rows.filter((row) => !kept.includes(row))
      const [first] = rows
      if (first === undefined || deleted.length === 0) return { deleted: [], kept: kept.map((row) => row.version) }
      const key = keyOf(workspace, workflow)
      if (kept.length === 0) tables.versions.delete(key)
      else tables.versions.set(key, kept)
      const used = new Set(
        [...tables.versions.values()].flat().flatMap((row) => (row.bundle === undefined ? [] : keyOf(row.workspace, row.bundle))),
      )
      for (const bundle of tables.bundles.keys()) if (!used.has(bundle)) tables.bundles.delete(bundle)
      const noun = first.kind === 'graph' ? 'model' : 'workflow'
      publishChange(tables, { noun, id: workflow, workspace, changed: ['versions'] })
      return { deleted: deleted.map((row) => row.version), kept: kept.map((row) => row.version) }
    },
    bundle: async (workspace, hash) => tables.bundles.get(keyOf(workspace, hash)),
    usage: async (workspace) => {
      const workflows = new Set(
        [...tables.instances.values()].flatMap(({ state }) => (state.workspace === workspace ? state.workflow : [])),
      )
      return new Map(Array.from(workflows, (workflow) => [workflow, countInstances(workspace, workflow)]))
    },
  }
}

const withoutText = (draft: DraftRow): Omit<DraftRow, 'text'> => {
  const { text: _, ...rest } = draft
  return rest
}

const withoutSource = (row: VersionRow): Omit<VersionRow, 'source'> => {
  const { source: _, ...rest } = row
  return rest
}

/** By code points, as SQLite compares. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
