import type { JsonValue } from '@millrace/kernel'
import { diffModels, type Model } from '@millrace/model'

/** Semantic changes between two models as plain data. */
export const changesBetween = (before: Model, after: Model): JsonValue[] =>
  diffModels(before, after).map((change) => change as unknown as JsonValue)
