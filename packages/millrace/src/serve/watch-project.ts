import { watch } from 'node:fs'
import type { Actor } from '@millrace/kernel'
import type { Host } from '@millrace/protocol'
import { type Project, readProject } from '../project/project.ts'
import { syncProject } from '../project/sync-project.ts'

/** Editors save in several steps; this waits until they are done. */
const SETTLE_MS = 150

/** Syncs a project's models and workflows as they are saved (`millrace dev`). */
export const watchProject = (
  host: Host,
  project: Project,
  options: { readonly by: Actor; readonly onProgress: (line: string) => void },
): { close(): void } => {
  let timer: NodeJS.Timeout | undefined
  const sync = async (): Promise<void> => {
    const current = await readProject(project.folder)
    for (const file of await syncProject(host, current, options.by)) {
      if (file.error !== undefined) options.onProgress(`${file.file}: ${file.error}`)
      else if (file.isNew) options.onProgress(`${file.file}: synced as version ${file.version} of ${file.workflow}`)
    }
  }
  const watcher = watch(project.folder, { recursive: true }, (_event, file) => {
    if (file === null || !/\.(ya?ml|json|ts)$/.test(file) || /(^|[/\\])(\.|node_modules)/.test(file)) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      sync().catch((error: unknown) => options.onProgress(error instanceof Error ? error.message : String(error)))
    }, SETTLE_MS)
  })
  return {
    close: () => {
      clearTimeout(timer)
      watcher.close()
    },
  }
}
