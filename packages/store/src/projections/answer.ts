import type { JsonValue } from '@millrace/model'

/** The first answer as it is kept: a repeat must say the same position as the first time. */
export const answerAt = (
  { answer, tellsPosition }: { readonly answer: JsonValue; readonly tellsPosition?: true },
  position: number,
): JsonValue => (tellsPosition === true ? { ...(answer as { readonly [name: string]: JsonValue }), seq: position } : answer)
