import type { JournalEntry } from '@millrace/kernel'

/** Entries parsed at once: small, so that a long journal on a slow machine does not look like a stuck instance. */
const SLICE = 2_000

/** A journal as `Supply` takes it. */
export const journalSlices = (journal: readonly JournalEntry[]): readonly string[] => {
  const slices: string[] = []
  for (let from = 0; from < journal.length; from += SLICE) slices.push(JSON.stringify(journal.slice(from, from + SLICE)))
  return slices
}
