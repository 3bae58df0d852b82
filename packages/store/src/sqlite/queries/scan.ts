/**
 * Lists read from several sources that are each in order (an index per status, per group …), merged and filtered in slices: no sort of everything, a page costs
 * what it looks at, and the process is not held while a rare thing is looked for among millions.
 */
import { compareKeys } from '../../projections/inbox-view.ts'

/** Sorts rows ascending; the last part tells rows apart. */
export type Key = readonly number[]

/** Next keys of a source after `after` in ascending order, at most `limit`. */
export type Source = (after: Key | undefined, limit: number) => readonly Key[]

/** Keys looked at in one go, at most: about a millisecond. */
const MAX_SLICE = 500
/** Time a scan may hold the process before others get their turn, well under a tick's. */
const HOLD_MS = 4

/**
 * @param read rows of these keys that pass the filters, in any order
 * @returns up to `limit` rows in order; more may follow when there are `limit` of them
 */
export const scan = async <Row>(options: {
  readonly sources: readonly Source[]
  readonly after: Key | undefined
  readonly limit: number
  readonly read: (keys: readonly Key[]) => readonly (readonly [Key, Row])[]
}): Promise<readonly (readonly [Key, Row])[]> => {
  const found: (readonly [Key, Row])[] = []
  let { after } = options
  // Most pages are filled by the first rows that come; where few pass, ever more are looked at together.
  let slice = Math.min(options.limit, MAX_SLICE)
  let heldSince = performance.now()
  for (;;) {
    const keys = merge(options.sources, after, slice)
    if (keys.length === 0) return found
    // A key costs little and a row much: rows are read until the page is full, however many keys many sources gave.
    for (let at = 0; at < keys.length; at += slice) {
      found.push(...[...options.read(keys.slice(at, at + slice))].sort(([a], [b]) => compareKeys(a, b)))
      if (found.length >= options.limit) return found.slice(0, options.limit)
      if (performance.now() - heldSince > HOLD_MS) {
        await new Promise((resolve) => setImmediate(resolve))
        heldSince = performance.now()
      }
    }
    after = keys.at(-1)
    slice = Math.min(slice * 2, MAX_SLICE)
  }
}

/** Next keys of all sources together, each once, in order: as many as are known to be next, which of many sources are many. */
const merge = (sources: readonly Source[], after: Key | undefined, limit: number): readonly Key[] => {
  const [only] = sources
  if (sources.length === 1 && only !== undefined) return only(after, limit)
  const pages = sources.map((source) => source(after, limit))
  // Beyond the last key of a source that has more, others may have keys it has not given yet.
  const bounds = pages.flatMap((page) => (page.length === limit ? [page.at(-1) as Key] : [])).sort(compareKeys)
  const [bound] = bounds
  const keys = pages.flat().sort(compareKeys)
  return keys.filter((key, index) => {
    const before = keys[index - 1]
    const isRepeated = before !== undefined && compareKeys(before, key) === 0
    return !isRepeated && (bound === undefined || compareKeys(key, bound) <= 0)
  })
}
