/**
 * Which of the answers this tab holds does a change concern, and how soon must they be read again? Pure: events say what changed, never its
 * content, so the whole reducer is this one decision per held answer and event.
 *
 * Invariants: 1. An event at or before an answer's `asOf` concerns nothing: the answer already knows it. 2. What may change membership or order of a
 * list reads it again: soon where it is about a row that is shown, spaced where it is about one that is not; what only changes one row is `row`. 3. A
 * change nobody looks at costs no request.
 */
import type { FeedEvent } from '@millrace/protocol'

/** An answer this tab holds: its query key and what of it matters here. */
export interface Held {
  readonly noun: string
  readonly kind: string
  /** Third part of the key: the id of a `one`, the query of a `list`. */
  readonly argument: unknown
  /** Feed position the answer is true for; absent where it does not say. */
  readonly asOf?: number | undefined
  /** Ids of the rows it holds. */
  readonly ids: ReadonlySet<string>
}

export type Change = Pick<FeedEvent, 'noun' | 'id' | 'changed'> & { readonly seq?: number | undefined }

/**
 * `row`: read this one row. `soon`, `later`, `lazily`: read the answer again after 50, 500 or 2,000 ms. `spaced`: soon, but not oftener than twice a second:
 * of 200 changes a second nearly all are about rows nobody sees, and 50 people who read their lists for each would leave the server no time for the
 * one that matters.
 */
export type Concern = 'none' | 'row' | 'soon' | 'spaced' | 'later' | 'lazily'

export const DELAY_MS = { soon: 50, later: 500, lazily: 2_000 } as const

export const concernOf = (held: Held, event: Change): Concern => {
  if (held.asOf !== undefined && event.seq !== undefined && event.seq <= held.asOf) return 'none'
  const rule = RULES[held.noun]
  return rule === undefined ? 'none' : rule(held, event)
}

type Rule = (held: Held, event: Change) => Concern

const says = (event: Change, ...names: readonly string[]): boolean => names.some((name) => event.changed.includes(name))

/** A work item's id begins with its instance's. */
const instanceOf = (itemId: string): string => itemId.slice(0, itemId.indexOf('.'))

const holdsItemOf = (held: Held, instance: string): boolean => {
  for (const id of held.ids) if (instanceOf(id) === instance) return true
  return false
}

const workItem: Rule = (held, event) => {
  if (held.kind === 'one' || held.kind === 'draft') {
    if (held.kind === 'draft') return 'none'
    if (event.noun === 'work-item') return event.id === held.argument ? 'soon' : 'none'
    return event.noun === 'instance' && instanceOf(String(held.argument)) === event.id && says(event, 'status', 'data', 'run')
      ? 'soon'
      : 'none'
  }
  if (event.noun === 'instance') {
    // A suspended instance suspends its items; the items themselves have no event of their own.
    return held.kind === 'list' && says(event, 'status') && holdsItemOf(held, event.id) ? 'soon' : 'none'
  }
  if (event.noun !== 'work-item') return 'none'
  if (says(event, 'created', 'status', 'assignee', 'candidates', 'priority', 'due')) return held.ids.has(event.id) ? 'soon' : 'spaced'
  if (held.kind !== 'list') return says(event, 'seen') ? 'spaced' : 'none'
  return held.ids.has(event.id) ? 'row' : 'none'
}

/** Filters whose answer a running instance can enter or leave without a change of status. */
const MOVING_FILTERS = ['node', 'data', 'incident', 'incidentGroup', 'lock'] as const

/** Filters whose answer an instance enters or leaves with its status. */
const STATUS_FILTERS = ['status', 'trouble', 'endedFrom', 'endedTo', ...MOVING_FILTERS] as const

const instance: Rule = (held, event) => {
  if (held.kind === 'list') {
    if (event.noun !== 'instance') return 'none'
    const query = (held.argument ?? {}) as { readonly [name: string]: unknown }
    if (says(event, 'created', 'status', 'run')) {
      if (!held.ids.has(event.id)) return 'spaced'
      // In a list of every status it stays where it is.
      if (!STATUS_FILTERS.some((name) => query[name] !== undefined)) return 'row'
      return 'soon'
    }
    if (MOVING_FILTERS.some((name) => query[name] !== undefined)) return 'later'
    return held.ids.has(event.id) ? 'row' : 'none'
  }
  if (held.kind === 'counts') return event.noun === 'instance' && says(event, 'created', 'status', 'incidents') ? 'later' : 'none'
  if (event.noun === 'instance') return event.id === held.argument ? 'soon' : 'none'
  return event.noun === 'work-item' && instanceOf(event.id) === held.argument ? 'soon' : 'none'
}

/** What holds a count of instances changes with every one of them: nobody needs that number within the second. */
const countsInstances = (event: Change): Concern =>
  event.noun === 'instance' && says(event, 'created', 'status', 'incidents') ? 'lazily' : 'none'

const definition: Rule = (held, event) => {
  if (event.noun === 'model' || event.noun === 'workflow') return held.kind === 'list' || held.argument === event.id ? 'soon' : 'none'
  return held.kind === 'list' ? countsInstances(event) : 'none'
}

const ofNoun =
  (...nouns: readonly string[]): Rule =>
  (_, event) =>
    nouns.includes(event.noun) ? 'soon' : 'none'

const RULES: { readonly [noun: string]: Rule } = {
  'work-item': workItem,
  instance,
  model: definition,
  workflow: definition,
  incident: ofNoun('incident'),
  // A batch changes with every row: not read with each.
  batch: (held, event) => (event.noun === 'batch' && (held.kind === 'list' || event.id === held.argument) ? 'later' : 'none'),
  lock: ofNoun('lock'),
  user: ofNoun('user'),
  group: ofNoun('group', 'user'),
  person: ofNoun('user', 'group'),
  token: ofNoun('token'),
  me: (held, event) => (event.noun === 'user' && event.id === held.argument ? 'soon' : 'none'),
  // Explaining every open instance is work for the server: not with every event.
  doctor: (_, event) => countsInstances(event),
  operate: (_, event) => {
    if (event.noun === 'incident' || event.noun === 'lock') return 'later'
    // Who can answer depends on people and on whom an item is offered to.
    if (event.noun === 'user' || event.noun === 'group') return 'lazily'
    if (event.noun === 'work-item' && says(event, 'created', 'status', 'assignee', 'candidates', 'due')) return 'lazily'
    return countsInstances(event)
  },
  metrics: (held, event) =>
    held.kind === 'work-items' && event.noun === 'work-item'
      ? says(event, 'created', 'status')
        ? 'lazily'
        : 'none'
      : countsInstances(event),
}
