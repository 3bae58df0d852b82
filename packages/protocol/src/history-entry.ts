import type { Fact } from '@millrace/kernel'
import type { HistoryEntry } from './instance.ts'

/**
 * A fact as the history shows it: who, when, at which node; what is left of it are its details.
 *
 * @param place number of the fact inside the instance (from 1), its run, and the node of its step where the fact does not say it
 */
export const historyEntry = (
  fact: Fact,
  place: { readonly seq: number; readonly run: number; readonly node?: string | undefined },
): HistoryEntry => {
  const { at, t, step, node = place.node, by, for: onBehalfOf, run: _, ...details } = fact as Fact & Partial<Lifted>
  return {
    seq: place.seq,
    atMs: at,
    type: t,
    run: place.run,
    ...(node === undefined ? {} : { node }),
    ...(step === undefined ? {} : { step }),
    ...(by === undefined ? {} : { by }),
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    details: details as HistoryEntry['details'],
  }
}

/** Keys of facts that have a place of their own in an entry. */
interface Lifted {
  readonly step: number
  readonly node: string
  readonly by: string
  readonly for: string
  readonly run: number
}
