import type { FeedEvent, Reader, Store } from '@millrace/protocol'

/** Instances whose readers are remembered; the set only grows with work items, so most answers are a lookup. */
const MOST_REMEMBERED = 10_000

/**
 * Who may learn that something changed (DESIGN 8.6): people see the instances they started or were asked by, and their work items; staff see
 * models; operators see everything that runs; administrators see people. Everybody hears what may change their own rights: their own user, and groups,
 * which all may name and see.
 */
export class Audience {
  readonly #store: Store
  readonly #workspace: string
  readonly #involved = new Map<string, ReadonlySet<string>>()

  constructor(store: Store, workspace: string) {
    this.#store = store
    this.#workspace = workspace
  }

  /** Looks up what `mayHear` needs for readers who do not see all. To be called once per batch, before it. */
  async prepare(events: readonly FeedEvent[]): Promise<void> {
    const wanted = new Set<string>()
    for (const event of events) {
      const id = instanceOf(event)
      if (id === undefined || event.workspace !== this.#workspace) continue
      // Somebody new may have been asked.
      if (event.noun === 'work-item') this.#involved.delete(id)
      if (!this.#involved.has(id)) wanted.add(id)
    }
    for (const id of wanted) {
      const involved = await this.#store.queries.involved(id)
      if (this.#involved.size >= MOST_REMEMBERED) this.#involved.clear()
      if (involved !== undefined) this.#involved.set(id, new Set(involved))
    }
  }

  mayHear(event: FeedEvent, person: { readonly reader: Reader; readonly isStaff: boolean; readonly isAdministrator: boolean }): boolean {
    if (isAboutOneself(event, person.reader)) return event.workspace === undefined || event.workspace === this.#workspace
    if (event.workspace === undefined) return person.isAdministrator
    if (event.workspace !== this.#workspace) return false
    const instance = instanceOf(event)
    if (instance === undefined) return DEFINITIONS.has(event.noun) ? person.isStaff : person.reader.seesAll
    if (person.reader.seesAll) return true
    const involved = this.#involved.get(instance)
    if (involved === undefined) return false
    return involved.has(`user:${person.reader.user}`) || person.reader.groups.some((group) => involved.has(`group:${group}`))
  }
}

const isAboutOneself = ({ noun, id }: FeedEvent, { user }: Reader): boolean => noun === 'group' || (noun === 'user' && id === user)

const DEFINITIONS: ReadonlySet<string> = new Set(['model', 'workflow', 'draft', 'version'])

const instanceOf = (event: FeedEvent): string | undefined => {
  if (event.noun === 'instance') return event.id
  return event.noun === 'work-item' ? event.id.slice(0, event.id.lastIndexOf('.')) : undefined
}
