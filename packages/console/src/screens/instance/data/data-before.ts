/** The data as it was, from the data as it is and its changes. Pure. */
import type { Instance } from '@millrace/protocol'
import type { DataChange } from './data-changes.ts'

type Data = Instance['data']

/** What the data now can be compared with: as it was before the last change, or as the first known change made it. */
export type Comparison = 'last' | 'first'

/**
 * @param changes oldest first; they may begin in the middle of the history.
 * @param isWhole false if earlier facts are not read: a name whose value before is not known then stays as it is, and so is not marked.
 * @returns undefined when there is nothing to compare with.
 */
export const dataBefore = (
  now: Data,
  { changes, isWhole, comparison }: { readonly changes: readonly DataChange[]; readonly isWhole: boolean; readonly comparison: Comparison },
): Data | undefined => {
  const undone = comparison === 'last' ? changes.slice(-1) : changes.slice(1)
  if (undone.length === 0 || changes.length < 2) return undefined
  const data = new Map(Object.entries(now))
  for (const { names } of undone.toReversed()) {
    for (const { name, from } of names) {
      if (from !== undefined) data.set(name, from)
      else if (isWhole) data.delete(name)
    }
  }
  return Object.fromEntries(data)
}
