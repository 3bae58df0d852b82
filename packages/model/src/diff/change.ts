import type { JsonValue } from '../model.ts'

/** One difference between two models, by what it means; `a` is the older. */
export type Change = ModelChange | DataChange | NodeChange | TransitionChange

interface ChangeBase {
  /** What changed, in a sentence for a version's history. */
  readonly sentence: string
}

export interface ModelChange extends ChangeBase {
  readonly kind: 'model-changed'
  /** `title`, `transient`, `locks`, … */
  readonly field: string
  readonly before?: JsonValue
  readonly after?: JsonValue
}

export interface DataChange extends ChangeBase {
  readonly kind: 'data-added' | 'data-removed' | 'data-changed'
  readonly name: string
  readonly before?: JsonValue
  readonly after?: JsonValue
}

export type NodeChange =
  | (ChangeBase & { readonly kind: 'node-added' | 'node-removed'; readonly node: string })
  | (ChangeBase & {
      readonly kind: 'node-changed'
      readonly node: string
      /** `assign`, `task`, `with`, `timeouts`, … */
      readonly field: string
      readonly before?: JsonValue
      readonly after?: JsonValue
    })

export type TransitionChange = ChangeBase & {
  readonly kind: 'transition-added' | 'transition-removed' | 'transition-changed' | 'transitions-reordered'
  /** The node it leaves. */
  readonly node: string
  /** The node it leads to; absent for an order. */
  readonly to?: string
}
