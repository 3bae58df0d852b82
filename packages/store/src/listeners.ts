import type { FeedEvent } from '@millrace/protocol'

/** Who wants to hear what a commit changed. */
export interface Listeners {
  /** Nobody wants to hear of instances and what belongs to them: their events need not be made. */
  readonly isQuiet: () => boolean
  /** `nouns` absent = all. */
  add(listener: (events: readonly FeedEvent[]) => void, nouns?: readonly string[]): () => void
  tell(events: readonly FeedEvent[]): void
}

/** Nouns whose events come from instances' facts. */
const OF_INSTANCES: ReadonlySet<string> = new Set(['instance', 'work-item', 'incident', 'lock'])

export const createListeners = (): Listeners => {
  const all = new Set<{ readonly hear: (events: readonly FeedEvent[]) => void; readonly isAboutPeople: boolean }>()
  return {
    isQuiet: () => {
      for (const { isAboutPeople } of all) if (!isAboutPeople) return false
      return true
    },
    add: (listener, nouns) => {
      const own = {
        hear:
          nouns === undefined
            ? listener
            : (events: readonly FeedEvent[]) => {
                const wanted = events.filter((event) => nouns.includes(event.noun))
                if (wanted.length > 0) listener(wanted)
              },
        isAboutPeople: nouns?.every((noun) => !OF_INSTANCES.has(noun)) === true,
      }
      all.add(own)
      return () => void all.delete(own)
    },
    tell: (events) => {
      if (events.length === 0) return
      for (const { hear } of all) {
        try {
          hear(events)
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
