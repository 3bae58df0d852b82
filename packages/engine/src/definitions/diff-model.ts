import type { JsonValue } from '@millrace/kernel'
import type { Model } from '@millrace/model'
import { MillraceError } from '@millrace/protocol'
import { changesBetween } from './changes.ts'
import { type CheckPorts, checkText } from './check-text.ts'

/** What differs between two versions of a model, or a version and the draft. */
export const diffModel = async (
  ports: CheckPorts,
  request: { readonly workspace: string; readonly id: string; readonly from: number | 'draft'; readonly to: number | 'draft' },
): Promise<readonly JsonValue[]> => {
  const [from, to] = await Promise.all([modelOf(ports, request, request.from), modelOf(ports, request, request.to)])
  return changesBetween(from, to)
}

const modelOf = async (
  ports: CheckPorts,
  { workspace, id }: { readonly workspace: string; readonly id: string },
  which: number | 'draft',
): Promise<Model> => {
  if (which !== 'draft') {
    const row = await ports.store.definitions.version(workspace, id, which)
    if (row === undefined || row.kind !== 'graph') throw new MillraceError('NOT_FOUND', `Model ${id} has no version ${which}.`)
    return row.content as unknown as Model
  }
  const draft = await ports.store.definitions.draft(workspace, id)
  if (draft === undefined) throw new MillraceError('NOT_FOUND', `There is no draft of model ${id}.`)
  const { model, problems } = await checkText(ports, { workspace, text: draft.text, file: id })
  if (model === undefined)
    throw new MillraceError('MODEL_INVALID', `The draft of ${id} cannot be read; mend its problems first.`, { details: { problems } })
  return model
}
