import type { FeedEvent, Reader, Store } from '@millrace/protocol'

/** Instances whose readers are remembered; the set only grows with work items, so most answers are a lookup. */
const MOST_REMEMBERED = 10_000

/** Principals by instance: who may read it. */
export type Involved = ReadonlyMap<string, ReadonlySet<string>>

export const NOBODY: Involved = new Map()

interface Person {
  readonly reader: Reader
  readonly isStaff: boolean
  readonly isAdministrator: boolean
}

/**
 * Who may learn that something changed (DESIGN 8.6): people see the instances they started or were asked by, and their work items; staff see
 * models; operators see everything that runs; administrators see people. Everybody hears what may change their own rights: their own user, and groups,
 * which all may name and see.
 */
export class Audience {
  readonly #store: Store
  readonly #workspace: string
  readonly #remembered = new Map<string, ReadonlySet<string>>()

  constructor(store: Store, workspace: string) {
    this.#store = store
    this.#workspace = workspace
  }

  /** Who is involved in the instances of these events: what `mayHear` needs for readers who do not see all. To be asked once per batch. */
  async involved(events: readonly FeedEvent[]): Promise<Involved> {
    const ids = new Set<string>()
    for (const event of events) {
      const id = instanceOf(event)
      if (id === undefined || event.workspace !== this.#workspace) continue
      // Somebody new may have been asked.
      if (event.noun === 'work-item') this.#remembered.delete(id)
      ids.add(id)
    }
    // Of its own: what is remembered may be forgotten by another batch before this one is told.
    const batch = new Map<string, ReadonlySet<string>>()
    for (const id of ids) {
      const people = this.#remembered.get(id) ?? (await this.#read(id))
      if (people !== undefined) batch.set(id, people)
    }
    return batch
  }

  async #read(instance: string): Promise<ReadonlySet<string> | undefined> {
    const read = await this.#store.queries.involved(instance)
    if (read === undefined) return undefined
    if (this.#remembered.size >= MOST_REMEMBERED) this.#remembered.clear()
    const people = new Set(read)
    this.#remembered.set(instance, people)
    return people
  }

  mayHear(event: FeedEvent, person: Person, all: Involved): boolean {
    if (isAboutOneself(event, person.reader)) return event.workspace === undefined || event.workspace === this.#workspace
    if (event.workspace === undefined) return person.isAdministrator
    if (event.workspace !== this.#workspace) return false
    const instance = instanceOf(event)
    if (instance === undefined) return DEFINITIONS.has(event.noun) ? person.isStaff : person.reader.seesAll
    if (person.reader.seesAll) return true
    const involved = all.get(instance)
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
