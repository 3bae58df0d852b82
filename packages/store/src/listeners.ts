import type { FeedEvent } from '@millrace/protocol'

/** Who wants to hear what a commit changed. */
export interface Listeners {
  readonly isEmpty: () => boolean
  add(listener: (events: readonly FeedEvent[]) => void): () => void
  tell(events: readonly FeedEvent[]): void
}

export const createListeners = (): Listeners => {
  const all = new Set<(events: readonly FeedEvent[]) => void>()
  return {
    isEmpty: () => all.size === 0,
    add: (listener) => {
      // A wrapper, so that one function may listen twice and stop once.
      const own = (events: readonly FeedEvent[]) => listener(events)
      all.add(own)
      return () => void all.delete(own)
    },
    tell: (events) => {
      if (events.length === 0) return
      for (const listener of all) {
        try {
          listener(events)
        } catch (error) {
          // The commit stands whatever a listener does with it; the error belongs to the process, not to the caller of the commit.
          queueMicrotask(() => {
            throw error
          })
        }
      }
    },
  }
}
