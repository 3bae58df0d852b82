import { useSyncExternalStore } from 'react'

/** One value outside React that components may follow: what the whole browser tab knows once (session, connection). */
export interface Cell<T> {
  get(): T
  set(value: T): void
  /** Returns how to stop. */
  subscribe(listener: () => void): () => void
}

export const createCell = <T>(initial: T): Cell<T> => {
  let current = initial
  const listeners = new Set<() => void>()
  return {
    get: () => current,
    set(value) {
      if (Object.is(value, current)) return
      current = value
      const all = [...listeners]
      for (const listener of all) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export const useCell = <T>(cell: Cell<T>): T => useSyncExternalStore(cell.subscribe, cell.get, cell.get)
