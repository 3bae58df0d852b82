import { basename } from 'node:path'
import type { Actor } from '@millrace/kernel'
import { type Host, MillraceError } from '@millrace/protocol'
import { PROJECT_FILE, type Project, readProject } from '../project/project.ts'
import { syncProject } from '../project/sync-project.ts'
import { watchFolder } from './watch-folder.ts'

/** Editors save in several steps; this waits until they are done. */
const SETTLE_MS = 150

export interface WatchOptions {
  readonly by: Actor
  readonly onProgress: (line: string) => void
  /** Loads the project's own tasks as they are now. */
  readonly reloadTasks: () => Promise<void>
}

/** Syncs a project's models and workflows, and loads its tasks anew, as they are saved (`millrace dev`). */
export const watchProject = async (host: Host, project: Project, options: WatchOptions): Promise<{ close(): Promise<void> }> => {
  const { by, onProgress, reloadTasks } = options
  const changed = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  // One after the other: two at once would save drafts over each other.
  let syncing: Promise<void> = Promise.resolve()

  const sync = async (files: readonly string[]): Promise<void> => {
    if (files.includes(PROJECT_FILE)) onProgress(`${PROJECT_FILE}: start again for its changes`)
    if (files.some((file) => file.endsWith('.ts'))) {
      await reloadTasks()
      onProgress('Tasks loaded anew')
    }
    for (const file of await syncProject(host, await readProject(project.folder), by)) {
      if (file.error !== undefined) onProgress(`${file.file}: ${file.error}`)
      else if (file.isNew) onProgress(`${file.file}: synced as version ${file.version} of ${file.workflow}`)
    }
  }
  const watcher = await watchFolder(project.folder, (path) => {
    if (!/\.(ya?ml|json|ts)$/.test(path)) return
    changed.add(basename(path))
    clearTimeout(timer)
    timer = setTimeout(() => {
      const files = [...changed]
      changed.clear()
      syncing = syncing.then(() => sync(files)).catch((error: unknown) => onProgress(sentenceOf(error)))
    }, SETTLE_MS)
  })
  return {
    close: async () => {
      clearTimeout(timer)
      watcher.close()
      await syncing
    },
  }
}

const sentenceOf = (error: unknown): string =>
  error instanceof MillraceError ? `${error.message} (${error.code})` : error instanceof Error ? error.message : String(error)
