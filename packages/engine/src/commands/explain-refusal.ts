import { type CommandInput, type CommandOptions, MillraceError, type Preview, type Store } from '@millrace/protocol'

export interface ExplainRefusalPorts {
  readonly store: Store
  readonly preview: (instance: string, input: CommandInput, options: CommandOptions) => Promise<Preview>
}

/** A refusal says what the person needs to decide anew. */
export const explainRefusal = async (
  { store, preview }: ExplainRefusalPorts,
  error: unknown,
  { instance, input, options }: { readonly instance: string; readonly input: CommandInput; readonly options: CommandOptions },
): Promise<unknown> => {
  if (!(error instanceof MillraceError) || error.code !== 'STATE_CHANGED') return withFirst(store, error, instance, input)
  const { ifFacts: _, idempotency: __, ...admission } = options
  return new MillraceError(error.code, error.message, {
    details: { ...error.details, preview: await preview(instance, input, admission) },
  })
}

/** Of two people who press at once the loser is told who was first and when (DESIGN 8.3). */
const withFirst = async (store: Store, error: unknown, instance: string, input: CommandInput): Promise<unknown> => {
  if (!(error instanceof MillraceError) || error.code !== 'STEP_CLOSED' || !('step' in input) || input.step === undefined) return error
  const item = await store.queries.workItem(instance, input.step)
  if (item?.decidedBy === undefined) return error
  const route = item.route === undefined ? '' : ` (${item.route})`
  return new MillraceError('STEP_CLOSED', `${item.decidedBy} has decided "${item.title}" already${route}.`, {
    details: { decidedBy: item.decidedBy, decidedAtMs: item.decidedAtMs, ...(item.route === undefined ? {} : { route: item.route }) },
  })
}
