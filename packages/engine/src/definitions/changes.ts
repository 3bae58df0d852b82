import type { JsonValue } from '@millrace/kernel'
import type { Model } from '@millrace/model'

/** Semantic changes as plain data. */
export const changesBetween = (before: Model, after: Model): JsonValue[] =>
  after.nodes.filter((node) => !before.nodes.some((each) => each.id === node.id)).map((node) => ({ kind: 'node-added', node: node.id }))
