import { type CommandInput, type CommandOptions, MillraceError, type Preview, type Store } from '@millrace/protocol'
import { withFirst } from './who-was-first.ts'

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
  if (!(error instanceof MillraceError)) return error
  if (error.code !== 'STATE_CHANGED') return withFirst(store, error, { instance, step: 'step' in input ? input.step : undefined })
  const { ifFacts: _, idempotency: __, ...admission } = options
  return new MillraceError(error.code, error.message, {
    details: { ...error.details, preview: await preview(instance, input, admission) },
  })
}
