import { apply, type JsonValue, type State } from '@millrace/kernel'
import type { HistoryEntry, Store, WorkItem } from '@millrace/protocol'

/** Facts folded to tell what a value was before; an instance that had more by then only says that it changed. */
const MOST_FOLDED = 2_000

/**
 * Data that is not as it was when the person last decided something in this instance, so that they need not read it all again. Undefined for somebody
 * who has not decided in it, as far back as `history` reaches.
 */
export const changedSince = async (
  store: Store,
  state: State,
  person: string,
  history: readonly HistoryEntry[],
): Promise<WorkItem['changed']> => {
  const last = history.findLast(({ type, by, onBehalfOf }) => type === 'closed' && by !== undefined && (onBehalfOf ?? by) === person)
  if (last === undefined) return undefined
  const later = history.filter((entry) => entry.seq > last.seq)
  const names = new Set(later.flatMap(({ details }) => namesOf(details['data'])))
  if (names.size === 0) return { sinceMs: last.atMs, names: [] }
  const before = last.seq > MOST_FOLDED ? undefined : await dataAfter(store, state.id, last.seq)
  return {
    sinceMs: last.atMs,
    names: [...names].flatMap((name) => {
      const [from, to] = [before?.[name], state.data[name]]
      // Changed and changed back is as it was.
      if (before !== undefined && JSON.stringify(from) === JSON.stringify(to)) return []
      return [{ name, ...(from === undefined ? {} : { from }) }]
    }),
  }
}

const namesOf = (data: JsonValue | undefined): readonly string[] =>
  typeof data === 'object' && data !== null && !Array.isArray(data) ? Object.keys(data) : []

const dataAfter = async (store: Store, instance: string, seq: number): Promise<State['data'] | undefined> => {
  const facts = await store.instances.facts(instance, { limit: seq })
  return facts.reduce<State | undefined>((folded, { fact }) => apply(folded, fact), undefined)?.data
}
