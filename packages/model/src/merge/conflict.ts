/** One thing that both people changed, each in another way. */
export interface MergeConflict {
  /** Names it in the choices: `node review assign`. */
  readonly key: string
  readonly what: MergedThing
  /** The three values as YAML; absent where it is not there. */
  readonly base?: string
  readonly ours?: string
  readonly theirs?: string
}

export type MergedThing =
  /** A key of the model: `title`, `payload`. */
  | { readonly kind: 'field'; readonly field: string }
  | { readonly kind: 'data'; readonly name: string }
  /** One took the node away, the other changed it. */
  | { readonly kind: 'node'; readonly node: string }
  | { readonly kind: 'node-field'; readonly node: string; readonly field: string }
  /** Which node comes first, and so follows the start. */
  | { readonly kind: 'first' }

export type MergeSide = 'ours' | 'theirs'

export const keyOf = (what: MergedThing): string => {
  switch (what.kind) {
    case 'field':
      return `field ${what.field}`
    case 'data':
      return `data ${what.name}`
    case 'node':
      return `node ${what.node}`
    case 'node-field':
      return `node ${what.node} ${what.field}`
    case 'first':
      return 'first'
  }
}
