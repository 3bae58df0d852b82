import type { Client } from '@millrace/client'
import type { HistoryEntry } from '@millrace/protocol'
import { type QueryClient, queryOptions } from '@tanstack/react-query'

/** The end of an instance's history, and as much before it as was asked for. */
export interface FactWindow {
  /** In order, without gaps. */
  readonly facts: readonly HistoryEntry[]
  readonly asOf: number
}

/** Facts per request: of an instance with very many, what the page opens with. */
const PAGE_FACTS = 500
/** Before any fact there can be. */
const END = Number.MAX_SAFE_INTEGER

const keyOf = (id: string) => ['instance', 'facts', id] as const

export const hasEarlierFacts = ({ facts }: FactWindow): boolean => (facts[0]?.seq ?? 1) > 1

/** The last facts of an instance. Facts never change: when more come, only those are read. */
export const instanceFacts = (client: Client, id: string) =>
  queryOptions({
    queryKey: keyOf(id),
    queryFn: async ({ client: queries, signal }): Promise<FactWindow> => {
      const held = queries.getQueryData<FactWindow>(keyOf(id))
      const last = held?.facts.at(-1)
      if (held === undefined || last === undefined) {
        const { items, asOf } = await client.instances.history(id, { before: END, limit: PAGE_FACTS }, { signal })
        return { facts: items, asOf }
      }
      let { facts, asOf } = held
      let after: number | undefined = last.seq
      while (after !== undefined) {
        const page = await client.instances.history(id, { after, limit: PAGE_FACTS }, { signal })
        facts = [...facts, ...page.items]
        asOf = page.asOf
        after = page.next === undefined ? undefined : facts.at(-1)?.seq
      }
      return { facts, asOf }
    },
  })

/** Reads the facts before those held. */
export const readEarlierFacts = async (client: Client, queries: QueryClient, id: string): Promise<void> => {
  const first = queries.getQueryData<FactWindow>(keyOf(id))?.facts[0]
  if (first === undefined || first.seq <= 1) return
  const { items } = await client.instances.history(id, { before: first.seq, limit: PAGE_FACTS })
  queries.setQueryData<FactWindow>(keyOf(id), (held) => {
    // Somebody else was faster.
    if (held === undefined || held.facts[0]?.seq !== first.seq) return held
    return { ...held, facts: [...items, ...held.facts] }
  })
}
