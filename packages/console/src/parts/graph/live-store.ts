import { createContext, useContext, useSyncExternalStore } from 'react'
import { type GraphLive, NOTHING_LIVE, type Token } from './live.ts'

/** What changes while the drawing stays: each node follows its own part, so that a token that moves renders two boxes and not two thousand. */
export interface Overlay {
  readonly live: GraphLive
  readonly selected: string | undefined
  readonly lit: Lit | undefined
}

/** What a play points at. */
export interface Lit {
  readonly node?: string
  readonly edges: ReadonlySet<string>
  /** It shows what goes wrong, not a move. */
  readonly isDefect: boolean
}

export interface NodeOverlay {
  readonly tokens: readonly Token[]
  readonly passes: number
  readonly isSelected: boolean
  readonly lit: 'move' | 'defect' | undefined
}

const NO_TOKENS: readonly Token[] = []

export class LiveStore {
  #overlay: Overlay = { live: NOTHING_LIVE, selected: undefined, lit: undefined }
  readonly #nodes = new Map<string, NodeOverlay>()
  readonly #listeners = new Set<() => void>()

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  set(overlay: Overlay): void {
    this.#overlay = overlay
    for (const [id, known] of this.#nodes) {
      const now = this.#of(id)
      if (!isSame(known, now)) this.#nodes.set(id, now)
    }
    for (const listener of this.#listeners) listener()
  }

  /** The same object for as long as nothing about the node changes. */
  node(id: string): NodeOverlay {
    const known = this.#nodes.get(id)
    if (known !== undefined) return known
    const now = this.#of(id)
    this.#nodes.set(id, now)
    return now
  }

  readonly overlay = (): Overlay => this.#overlay

  #of(id: string): NodeOverlay {
    const { live, selected, lit } = this.#overlay
    return {
      tokens: live.tokens.get(id) ?? NO_TOKENS,
      passes: live.passes.get(id) ?? 0,
      isSelected: selected === id,
      lit: lit?.node === id ? (lit.isDefect ? 'defect' : 'move') : undefined,
    }
  }
}

function isSame(a: NodeOverlay, b: NodeOverlay): boolean {
  return (
    a.passes === b.passes &&
    a.isSelected === b.isSelected &&
    a.lit === b.lit &&
    a.tokens.length === b.tokens.length &&
    a.tokens.every((token, i) => token.mark === b.tokens[i]?.mark && token.count === b.tokens[i]?.count)
  )
}

const StoreContext = createContext(new LiveStore())
export const LiveStoreProvider = StoreContext.Provider

export const useNodeOverlay = (id: string): NodeOverlay => {
  const store = useContext(StoreContext)
  return useSyncExternalStore(store.subscribe, () => store.node(id))
}

export const useOverlay = (): Overlay => {
  const store = useContext(StoreContext)
  return useSyncExternalStore(store.subscribe, store.overlay)
}
