/** Of two who act on one step the later is told who was first, when, and what they did (DESIGN 8.3). */
import { type HistoryEntry, MillraceError, type Store } from '@millrace/protocol'

/** Entries read at once, and at most: what was first is among the last of a history, or so long ago that its page tells it better. */
const PAGE = 200
const MAX_PAGES = 10

/** What ends a step, and what makes a work item another one than a person saw. */
const ENDS: ReadonlySet<string> = new Set(['closed', 'withdrawn'])
const CHANGES: ReadonlySet<string> = new Set(['claimed', 'unclaimed', 'assigned'])
const LOOK_FOR: { readonly [code: string]: ReadonlySet<string> } = { STEP_CLOSED: ENDS, ITEM_CHANGED: CHANGES, ITEM_CLAIMED: CHANGES }

/** The refusal with who and when, where it is about a step somebody else has changed and its history tells; any other error as it is. */
export const withFirst = async (
  store: Store,
  error: MillraceError,
  { instance, step }: { readonly instance: string; readonly step: number | undefined },
): Promise<MillraceError> => {
  const types = LOOK_FOR[error.code]
  if (step === undefined || types === undefined) return error
  const first = await lastEntry(store, instance, { step, types })
  if (first === undefined) return error
  const title = (await store.queries.workItem(instance, step))?.title ?? first.node ?? `step ${step}`
  return new MillraceError(error.code, sentenceOf(error.code, first, title), { details: { ...error.details, ...detailsOf(first) } })
}

const lastEntry = async (
  store: Store,
  instance: string,
  { step, types }: { readonly step: number; readonly types: ReadonlySet<string> },
): Promise<HistoryEntry | undefined> => {
  let before = Number.MAX_SAFE_INTEGER
  for (let page = 0; page < MAX_PAGES; page++) {
    const entries = await store.queries.history(instance, { before, limit: PAGE })
    const found = entries.findLast((entry) => entry.step === step && types.has(entry.type))
    if (found !== undefined || entries.length < PAGE) return found
    before = entries[0]?.seq ?? 0
  }
  return undefined
}

const sentenceOf = (code: string, entry: HistoryEntry, title: string): string => {
  const at = `at ${new Date(entry.atMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`
  if (code === 'ITEM_CHANGED') return `"${title}" changed since you saw it: ${changeOf(entry)} ${at}. Look again, then decide.`
  if (code === 'ITEM_CLAIMED')
    return `"${title}" is not free: ${changeOf(entry)} ${at}. Ask them to give it back, or have it delegated to you.`
  const person = personOf(entry)
  const { route, reason, skipped } = entry.details
  const chosen = typeof route === 'string' ? ` (${route})` : ''
  if (entry.type === 'withdrawn')
    return `"${title}" was taken away ${at}${person === undefined ? '' : ` by ${person}`}: ${typeof reason === 'string' ? reason : 'it is not needed any more.'}`
  if (person === undefined) return `"${title}" is over already${chosen}: it went on by itself ${at}.`
  return `${person} has ${skipped === true ? 'skipped' : 'decided'} "${title}" already${chosen}, ${at}.`
}

const changeOf = (entry: HistoryEntry): string => {
  const person = personOf(entry)
  if (entry.type === 'claimed') return `${person ?? 'somebody'} claimed it`
  if (entry.type === 'unclaimed') return `${person ?? 'somebody'} gave it back`
  const { assignee, candidates } = entry.details
  const how = typeof entry.details['how'] === 'string' ? entry.details['how'] : 'handed'
  const to = typeof assignee === 'string' ? assignee : Array.isArray(candidates) ? candidates.join(', ') : 'others'
  return person === undefined ? `it was ${how} to ${to}` : `${person} ${how} it to ${to}`
}

/** Whose decision it was, whoever pressed for them. */
const personOf = (entry: HistoryEntry): string | undefined => entry.onBehalfOf ?? entry.by

const detailsOf = (entry: HistoryEntry): { readonly [name: string]: unknown } => {
  const person = personOf(entry)
  const { route } = entry.details
  const isDecision = entry.type === 'closed' && person !== undefined
  return {
    atMs: entry.atMs,
    ...(person === undefined ? {} : { by: person }),
    ...(isDecision ? { decidedBy: person, decidedAtMs: entry.atMs } : {}),
    ...(typeof route === 'string' ? { route } : {}),
  }
}
