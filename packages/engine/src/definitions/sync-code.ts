import type { Actor } from '@millrace/kernel'
import { type CodeBundle, MillraceError, type Problem, type Store, type SyncAnswer, type TaskRunner } from '@millrace/protocol'
import type { Programs } from '../programs.ts'

/** Makes a version of a code workflow's bundle. The same bundle again makes none. */
export const syncCode = async (
  ports: { readonly store: Store; readonly programs: Programs; readonly tasks: TaskRunner; readonly now: () => number },
  request: { readonly workspace: string; readonly bundle: CodeBundle; readonly by: Actor; readonly note?: string },
): Promise<SyncAnswer> => {
  const { store, programs, tasks, now } = ports
  const { workspace, bundle, by } = request
  const draft = await store.definitions.draft(workspace, bundle.id)
  if (draft !== undefined) throw new MillraceError('MODEL_INVALID', `${bundle.id} is the id of a model. Give the code workflow another id.`)
  const problems: Problem[] = bundle.tasks
    .filter((task) => !tasks.has(task))
    .map((task) => ({
      code: 'TASK_UNKNOWN',
      severity: 'warning',
      message: `No plugin offers task ${task}.`,
      hint: `Add a ${task}.task.ts beside the workflow, or bind it in the project's configuration.`,
    }))
  const latest = await store.definitions.version(workspace, bundle.id)
  if (latest?.hash === bundle.hash) return { workflow: bundle.id, version: latest.version, isNew: false, problems, changes: [] }
  const row = await store.definitions.addVersion(
    {
      workspace,
      workflow: bundle.id,
      kind: 'code',
      hash: bundle.hash,
      title: bundle.title,
      syncedBy: by.onBehalfOf ?? by.user,
      syncedAtMs: now(),
      content: {
        id: bundle.id,
        title: bundle.title,
        abi: bundle.abi,
        tasks: [...bundle.tasks],
        ...(bundle.inputSchema === undefined ? {} : { inputSchema: bundle.inputSchema }),
        ...(bundle.locks === undefined ? {} : { locks: [...bundle.locks] }),
        ...(bundle.starters === undefined ? {} : { starters: [...bundle.starters] }),
        ...(bundle.retention === undefined ? {} : { retention: bundle.retention }),
      },
      source: bundle.source,
      bundle: bundle.hash,
      ...(request.note === undefined ? {} : { note: request.note }),
    },
    bundle.bundle,
  )
  programs.add(row)
  return { workflow: bundle.id, version: row.version, isNew: true, problems, changes: [] }
}
