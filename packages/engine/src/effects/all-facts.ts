import type { Fact } from '@millrace/kernel'
import type { Store } from '@millrace/protocol'

/** Facts read at once. */
const PAGE = 5_000

/** Every fact of an instance, in order. */
export const allFacts = async (store: Store, instance: string): Promise<readonly Fact[]> => {
  const facts: Fact[] = []
  for (let after = 0; ; ) {
    const page = await store.instances.facts(instance, { after, limit: PAGE })
    for (const { fact } of page) facts.push(fact)
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) return facts
    after = last.seq
  }
}
