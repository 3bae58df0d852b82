import { createCell } from '../../data/cell.ts'

/** What became of this sitting: items the person decided, and items that others took from under their eyes. Counted until the page is loaded again. */
export interface Sitting {
  /** Ids the person decided, handed on or gave back: they leave the list at once. */
  readonly own: ReadonlySet<string>
  readonly decided: number
  readonly byOthers: number
}

export const sitting = createCell<Sitting>({ own: new Set(), decided: 0, byOthers: 0 })

export const decidedByMe = (id: string, isDecision: boolean): void => {
  const before = sitting.get()
  sitting.set({ ...before, own: new Set([...before.own, id]), decided: before.decided + (isDecision ? 1 : 0) })
}

/** It stays in the list after all: the server refused, or somebody gave it back. */
export const notMineAfterAll = (id: string): void => {
  const before = sitting.get()
  const own = new Set(before.own)
  own.delete(id)
  sitting.set({ ...before, own })
}

export const wentToOthers = (count: number): void => {
  const before = sitting.get()
  sitting.set({ ...before, byOthers: before.byOthers + count })
}
