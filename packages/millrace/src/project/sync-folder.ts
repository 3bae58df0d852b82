import type { Actor } from '@millrace/kernel'
import type { Host } from '@millrace/protocol'
import { readProject } from './project.ts'
import { seedPeople } from './seed-people.ts'
import { type SyncedFile, syncProject } from './sync-project.ts'

/** Who brings files in where nobody is named. */
const SYSTEM: Actor = { user: 'system', groups: [], isOperator: true }

/**
 * Brings a project's folder into a host, as a server does at its start: people that `millrace.yaml` names and that do not exist yet, models and code
 * workflows as versions. What has not changed makes no new one. Tasks in `*.task.ts` are not loaded: give those to `openMillrace`.
 *
 * @returns what became of each file; one with `error` was left out
 * @throws MillraceError BAD_REQUEST when `millrace.yaml` is wrong
 * @example await syncFolder(millrace, 'workflows')
 */
export const syncFolder = async (host: Host, folder: string, by: Actor = SYSTEM): Promise<readonly SyncedFile[]> => {
  const project = await readProject(folder)
  await seedPeople(host, project, Date.now())
  return syncProject(host, project, by)
}
