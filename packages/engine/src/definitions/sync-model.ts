import type { Actor } from '@millrace/kernel'
import type { Model } from '@millrace/model'
import { MillraceError, type SyncAnswer } from '@millrace/protocol'
import type { Programs } from '../programs.ts'
import { changesBetween } from './changes.ts'
import { type CheckPorts, checkText } from './check-text.ts'

export interface SyncPorts extends CheckPorts {
  readonly programs: Programs
  readonly now: () => number
}

/** Makes an immutable version of a draft. A draft that says what the newest version says makes none. */
export const syncModel = async (
  ports: SyncPorts,
  request: { readonly workspace: string; readonly id: string; readonly by: Actor; readonly note?: string },
): Promise<SyncAnswer> => {
  const { store, programs, now } = ports
  const { workspace, id, by } = request
  const draft = await store.definitions.draft(workspace, id)
  if (draft === undefined) throw new MillraceError('NOT_FOUND', `There is no draft of model ${id}.`)
  const { model, hash, problems, soundness } = await checkText(ports, { workspace, text: draft.text, file: id })
  if (soundness?.verdict === 'unsound') {
    throw new MillraceError('MODEL_UNSOUND', `Model ${id} cannot be synced: ${sentenceOf(soundness.counterexample)}`, {
      details: { problems, soundness },
    })
  }
  if (model === undefined || hash === undefined) throw invalid(id, problems)
  if (model.id !== id)
    throw new MillraceError(
      'MODEL_INVALID',
      `The draft of ${id} calls itself ${model.id}. Change its id back, or save it as a new model.`,
      { details: { problems } },
    )
  const latest = await store.definitions.version(workspace, id)
  const rest = { workflow: id, problems, ...(soundness === undefined ? {} : { soundness }) }
  if (latest?.hash === hash) return { ...rest, version: latest.version, isNew: false, changes: [] }
  const row = await store.definitions.addVersion({
    workspace,
    workflow: id,
    kind: 'graph',
    hash,
    title: model.title,
    syncedBy: by.onBehalfOf ?? by.user,
    syncedAtMs: now(),
    content: model as unknown as SyncAnswer['changes'][number],
    source: draft.text,
    ...(request.note === undefined ? {} : { note: request.note }),
  })
  programs.add(row)
  return {
    ...rest,
    version: row.version,
    isNew: true,
    changes: latest === undefined ? [] : changesBetween(latest.content as unknown as Model, model),
  }
}

const invalid = (id: string, problems: SyncAnswer['problems']): MillraceError => {
  const errors = problems.filter((problem) => problem.severity === 'error')
  const [first] = errors
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''
  return new MillraceError(
    'MODEL_INVALID',
    `Model ${id} cannot be synced: line ${first?.line ?? 1}: ${first?.message ?? 'it has errors'}${more}`,
    { details: { problems } },
  )
}

const sentenceOf = (counterexample: unknown): string => {
  if (typeof counterexample === 'object' && counterexample !== null && 'sentence' in counterexample) return String(counterexample.sentence)
  return 'it can hang or leave work behind.'
}
