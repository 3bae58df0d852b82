/**
 * Facts as feed events: what changed, never its content. A row of facts ends at its feed position and reaches back by one position per event, so that every
 * event has a position of its own and a listener resumes between two of them.
 */
import type { Fact } from '@millrace/kernel'
import type { FeedEvent } from '@millrace/protocol'
import { followSteps, type RowContext, type StepContext } from './context.ts'

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

/** Events of a row in order; the last one stands at the row's position. */
export const eventsOf = (row: FeedRow): readonly UnplacedEvent[] => {
  const events = new Map<string, { readonly noun: string; readonly id: string; readonly changed: Set<string> }>()
  const add = (noun: string, id: string, changed: string | readonly string[]) => {
    const key = `${noun} ${id}`
    let event = events.get(key)
    if (event === undefined) events.set(key, (event = { noun, id, changed: new Set() }))
    for (const name of typeof changed === 'string' ? [changed] : changed) event.changed.add(name)
  }
  const steps = followSteps(row.context)
  let movesLocks = false
  for (const fact of row.facts) {
    const context = steps.see(fact)
    add('instance', row.id, instanceChanges(fact))
    itemChanges(fact, context, (changed) => add('work-item', `${row.id}.${(fact as { readonly step: number }).step}`, changed))
    if (fact.t === 'incident' || fact.t === 'incident-resolved') {
      add('incident', fact.step === undefined ? row.id : `${row.id}.${fact.step}`, fact.t === 'incident' ? 'created' : 'status')
    }
    movesLocks ||= MOVES_LOCKS.has(fact.t)
  }
  if (movesLocks) for (const lock of row.locks) add('lock', lock, ['holders', 'queue'])
  return Array.from(events.values(), ({ noun, id, changed }) => ({
    noun,
    id,
    workspace: row.workspace,
    ...(noun === 'instance' ? { version: row.version } : {}),
    changed: [...changed],
  }))
}

/** How many positions a row takes. */
export const countEvents = (row: FeedRow): number => eventsOf(row).length

/** Whether facts have incidents among them; without, a change that concerns nothing but attempts is one event, of its instance. */
export const tellsOfIncidents = (facts: readonly Fact[]): boolean => {
  for (const fact of facts) if (fact.t === 'incident' || fact.t === 'incident-resolved') return true
  return false
}

const MOVES_LOCKS: ReadonlySet<Fact['t']> = new Set<Fact['t']>(['created', 'queued', 'admitted', 'restarted', 'ended'])

const STATUS: readonly string[] = ['status']
const STEPS: readonly string[] = ['steps']
const LOG: readonly string[] = ['log']

/** Names of what a fact changes of its instance, as the API calls them. */
const instanceChanges = (fact: Fact): readonly string[] => {
  switch (fact.t) {
    case 'created':
      return ['created']
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

const itemChanges = (fact: Fact, step: StepContext | undefined, add: (changed: string | readonly string[]) => void): void => {
  if (step?.waits !== 'work-item') return
  switch (fact.t) {
    case 'opened':
    case 'turned':
      return add('created')
    case 'closed':
    case 'withdrawn':
      return add('status')
    case 'claimed':
    case 'unclaimed':
      return add('assignee')
    case 'assigned':
      return add(fact.priority === undefined ? ['assignee', 'candidates'] : ['assignee', 'candidates', 'priority'])
    case 'commented':
      return add('comments')
    default:
  }
}
