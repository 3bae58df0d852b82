/** Which marks of having seen an item a tick takes away: it is new again for everybody but who made it so. */
import type { Fact } from '@millrace/kernel'
import type { WorkItemRow } from './work-item.ts'

export interface Unseen {
  /** Who keeps the mark: they did it themselves. */
  readonly but?: string
}

/** Undefined where all marks stay: a claim or a comment makes nothing new of an item. */
export const unseenBy = (row: WorkItemRow, facts: readonly Fact[]): Unseen | undefined => {
  if (row.status !== 'open') return {}
  const fact = facts.findLast(
    (each) => (each.t === 'assigned' || each.t === 'unclaimed' || each.t === 'turned') && each.step === row.step,
  ) as { readonly by?: string; readonly for?: string } | undefined
  if (fact === undefined) return undefined
  const person = fact.for ?? fact.by
  return person === undefined ? {} : { but: person }
}
