/**
 * Facts as feed events: what changed, never its content. A row of facts ends at its feed position and reaches back by one position per event, so that every
 * event has a position of its own and a listener resumes between two of them.
 */
import type { Fact } from '@millrace/kernel'
import type { FeedEvent } from '@millrace/protocol'
import { followSteps, type RowContext } from './context.ts'

export interface FeedRow {
  /** Instance id. */
  readonly id: string
  readonly workspace: string
  readonly locks: readonly string[]
  /** Facts of the instance after this row. */
  readonly version: number
  readonly facts: readonly Fact[]
  readonly context: RowContext
}

export type UnplacedEvent = Omit<FeedEvent, 'seq' | 'atMs'>

/** Events of a row in order: its instance first; the last one stands at the row's position. */
export const eventsOf = (row: FeedRow): readonly UnplacedEvent[] => {
  const instance = { noun: 'instance', id: row.id, workspace: row.workspace, version: row.version, changed: [] as string[] }
  const events: Growing[] = [instance]
  // By noun and id; most rows are of an instance alone and need none.
  let known: Map<string, Growing> | undefined
  const add = (noun: string, id: string, changed: readonly string[]) => {
    known ??= new Map()
    const key = `${noun} ${id}`
    const event = known.get(key)
    if (event !== undefined) return addNames(event.changed, changed)
    const begun = { noun, id, workspace: row.workspace, changed: [...changed] }
    known.set(key, begun)
    events.push(begun)
  }
  const steps = followSteps(row.context)
  let movesLocks = false
  for (const fact of row.facts) {
    addNames(instance.changed, instanceChanges(fact))
    const context = steps.see(fact)
    if (context?.waits === 'work-item') {
      const changed = itemChanges(fact)
      if (changed !== undefined) add('work-item', `${row.id}.${(fact as { readonly step: number }).step}`, changed)
    }
    if (fact.t === 'incident' || fact.t === 'incident-resolved') {
      add('incident', fact.step === undefined ? row.id : `${row.id}.${fact.step}`, fact.t === 'incident' ? CREATED : STATUS)
    }
    movesLocks ||= MOVES_LOCKS.has(fact.t)
  }
  if (movesLocks) for (const lock of row.locks) add('lock', lock, ['holders', 'queue'])
  return events
}

type Growing = Omit<UnplacedEvent, 'changed'> & { readonly changed: string[] }

const addNames = (to: string[], names: readonly string[]): void => {
  for (const name of names) if (!to.includes(name)) to.push(name)
}

/** How many positions a row takes. */
export const countEvents = (row: FeedRow): number => eventsOf(row).length

/** Whether facts have incidents among them; without, a change that concerns nothing but attempts is one event, of its instance. */
export const tellsOfIncidents = (facts: readonly Fact[]): boolean => {
  for (const fact of facts) if (fact.t === 'incident' || fact.t === 'incident-resolved') return true
  return false
}

const MOVES_LOCKS: ReadonlySet<Fact['t']> = new Set<Fact['t']>(['created', 'queued', 'admitted', 'restarted', 'ended'])

const CREATED: readonly string[] = ['created']
const STATUS: readonly string[] = ['status']
const STEPS: readonly string[] = ['steps']
const LOG: readonly string[] = ['log']

/** Names of what a fact changes of its instance, as the API calls them. */
const instanceChanges = (fact: Fact): readonly string[] => {
  switch (fact.t) {
    case 'created':
      return CREATED
    case 'queued':
    case 'admitted':
    case 'suspended':
    case 'resumed':
    case 'cancelling':
    case 'ended':
      return STATUS
    case 'restarted':
      return ['status', 'run', 'data', 'steps']
    case 'closed':
      return fact.data === undefined ? STEPS : ['steps', 'data']
    case 'incident':
    case 'incident-resolved':
      return ['steps', 'incidents']
    case 'data':
      return ['data']
    case 'message':
    case 'held':
    case 'released':
      return ['messages']
    case 'logged':
    case 'published':
    case 'withdrew':
    case 'continued':
    case 'ran':
    case 'runner-killed':
      return LOG
    default:
      return STEPS
  }
}

/** Names of what a fact changes of its work item; undefined: nothing. */
const itemChanges = (fact: Fact): readonly string[] | undefined => {
  switch (fact.t) {
    case 'opened':
    case 'turned':
      return CREATED
    case 'closed':
    case 'withdrawn':
      return STATUS
    case 'claimed':
    case 'unclaimed':
      return ['assignee']
    case 'assigned':
      return fact.priority === undefined ? ['assignee', 'candidates'] : ['assignee', 'candidates', 'priority']
    case 'commented':
      return ['comments']
    default:
      return undefined
  }
}
