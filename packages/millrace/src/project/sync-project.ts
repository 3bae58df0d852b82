import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import type { Actor } from '@millrace/kernel'
import { type JsonSchema, type PayloadKind, parseModel } from '@millrace/model'
import { type Host, MillraceError, type Problem } from '@millrace/protocol'
import { bundleProject } from './bundle-project.ts'
import type { Project } from './project.ts'

/** What became of one file. */
export interface SyncedFile {
  readonly file: string
  readonly workflow?: string
  readonly version?: number
  /** What a model works on; absent for code. */
  readonly payload?: PayloadKind
  /** What code is called with, where it says so. */
  readonly inputSchema?: JsonSchema
  readonly isNew: boolean
  readonly problems: readonly Problem[]
  /** Why it could not be synced. */
  readonly error?: string
}

/**
 * Brings a project's files into the host: models as drafts that are synced, code as bundles. A file that has not changed since it was last brought in
 * leaves a draft alone that somebody edits in the console.
 */
export const syncProject = async (host: Host, project: Project, by: Actor): Promise<readonly SyncedFile[]> => {
  const synced: SyncedFile[] = []
  for (const file of project.models) synced.push(await syncModelFile(host, project, file, by))
  for (const [file, bundle] of await bundleProject(host.store, project)) {
    synced.push(
      await outcome(project, file, async () => {
        if (bundle instanceof MillraceError) throw bundle
        const answer = await host.syncCode('default', bundle, by, 'From the project')
        return bundle.inputSchema === undefined ? answer : { ...answer, inputSchema: bundle.inputSchema as JsonSchema }
      }),
    )
  }
  return synced
}

const syncModelFile = async (host: Host, project: Project, file: string, by: Actor): Promise<SyncedFile> => {
  const text = await readFile(file, 'utf8')
  const { model, id, problems } = parseModel(text, { file })
  if (id === undefined) {
    const [first] = problems
    const error = first === undefined ? 'It is not a model: it has no id.' : `line ${first.line}: ${first.message}`
    return { file: relative(project.folder, file), isNew: false, problems: [...problems], error }
  }
  const key = `project:${id}`
  const hash = createHash('sha256').update(text).digest('hex')
  if ((await host.store.maintenance.setting(key)) !== hash) {
    const current = await host.store.definitions.draft('default', id)
    const row = {
      workspace: 'default',
      id,
      title: model?.title ?? id,
      text,
      format: file.endsWith('.json') ? ('json' as const) : ('yaml' as const),
      updatedBy: by.user,
      updatedAtMs: Date.now(),
    }
    await host.store.definitions.saveDraft(row, current?.etag ?? null)
    await host.store.maintenance.saveSetting(key, hash)
  }
  const synced = await outcome(project, file, () => host.syncModel('default', id, by, 'From the project'))
  return model === undefined ? synced : { ...synced, payload: model.payload }
}

const outcome = async (
  project: Project,
  path: string,
  sync: () => Promise<{
    readonly workflow: string
    readonly version: number
    readonly isNew: boolean
    readonly problems: readonly Problem[]
    readonly inputSchema?: JsonSchema
  }>,
): Promise<SyncedFile> => {
  const file = relative(project.folder, path)
  try {
    return { file, ...(await sync()) }
  } catch (error) {
    if (!(error instanceof MillraceError)) throw error
    const problems = error.details['problems']
    return { file, isNew: false, problems: Array.isArray(problems) ? (problems as Problem[]) : [], error: error.message }
  }
}
