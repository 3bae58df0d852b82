/**
 * Who has which draft open. In memory only: it is about this minute, and a console that goes on tells again within it.
 *
 * Invariants: 1. Whoever has not told for `GONE_MS` is gone. 2. A person is there once, however many tabs they have, since the first of them.
 */
import type { DraftReader } from '@millrace/protocol'

/** Three times what a console waits between two tellings, and more than the minute a hidden tab's timers sleep. */
const GONE_MS = 75_000
/** Of one draft; further ones are not kept: nobody reads a longer list. */
const MOST_TABS = 200

interface Tab {
  readonly user: string
  readonly sinceMs: number
  readonly toldAtMs: number
}

export class DraftPresence {
  readonly #drafts = new Map<string, Map<string, Tab>>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  /** A tab of a person has a draft open. @returns whether that changed who is there. */
  enter(draft: string, { user, tab }: { readonly user: string; readonly tab: string }): boolean {
    const before = this.#names(draft)
    this.#prune(draft)
    const tabs = this.#drafts.get(draft) ?? new Map<string, Tab>()
    this.#drafts.set(draft, tabs)
    const key = keyOf(user, tab)
    const nowMs = this.#now()
    if (tabs.has(key) || tabs.size < MOST_TABS) tabs.set(key, { user, sinceMs: tabs.get(key)?.sinceMs ?? nowMs, toldAtMs: nowMs })
    return before !== this.#names(draft)
  }

  /** It closed it. @returns whether that changed who is there. */
  leave(draft: string, { user, tab }: { readonly user: string; readonly tab: string }): boolean {
    const before = this.#names(draft)
    this.#drafts.get(draft)?.delete(keyOf(user, tab))
    this.#prune(draft)
    return before !== this.#names(draft)
  }

  /** Who is there, longest first. */
  readers(draft: string): readonly DraftReader[] {
    const since = new Map<string, number>()
    for (const { user, sinceMs, toldAtMs } of this.#drafts.get(draft)?.values() ?? []) {
      if (this.#now() - toldAtMs < GONE_MS) since.set(user, Math.min(sinceMs, since.get(user) ?? Infinity))
    }
    return [...since].map(([user, sinceMs]) => ({ user, sinceMs })).sort((a, b) => a.sinceMs - b.sinceMs)
  }

  #names(draft: string): string {
    return [...new Set([...(this.#drafts.get(draft)?.values() ?? [])].map(({ user }) => user))].join('\n')
  }

  #prune(draft: string): void {
    const tabs = this.#drafts.get(draft)
    for (const [key, { toldAtMs }] of tabs ?? []) if (this.#now() - toldAtMs >= GONE_MS) tabs?.delete(key)
    if (tabs?.size === 0) this.#drafts.delete(draft)
  }
}

const keyOf = (user: string, tab: string): string => `${user}\n${tab}`
