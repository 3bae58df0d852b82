/** How the time of each step was spent, from the facts alone: what the console draws, one row per step. */
import type { Fact } from './fact.ts'
import type { Wait } from './step.ts'

/** What a stretch of time went to. */
export type Cause = 'compute' | 'queue' | 'retry' | 'person' | 'timer' | 'message' | 'callback' | 'child' | 'incident' | 'suspended'

export interface Span {
  readonly cause: Cause
  readonly fromMs: number
  /** Absent while it lasts. */
  readonly toMs?: number
}

export interface TimelineRow {
  /** 0 is the instance itself: its time in the queue and suspended. */
  readonly step: number
  readonly node: string
  readonly run: number
  readonly spans: readonly Span[]
  /** How it ended; absent while it is open. */
  readonly end?: 'closed' | 'withdrawn' | 'skipped' | 'failed'
}

interface Row {
  step: number
  node: string
  run: number
  spans: { cause: Cause; fromMs: number; toMs?: number }[]
  end?: NonNullable<TimelineRow['end']>
}

const causeOf = (wait: Wait): Cause => {
  switch (wait.kind) {
    case 'task':
      return 'compute'
    case 'work-item':
      return 'person'
    default:
      return wait.kind
  }
}

/** A timeline in the making: facts are added as they come, rows are read at any time. */
export interface TimelineFold {
  /** Facts in order; the first ones are those of the instance's begin. */
  add(facts: Iterable<Fact>): void
  /** In the order the steps began. They go on changing with the next `add`. */
  rows(): readonly TimelineRow[]
}

/** A timeline to which facts are added as they come: of an instance that goes on, what was folded once is not folded again. */
export const createTimelineFold = (): TimelineFold => {
  const rows = new Map<number, Row>()
  const instance: Row = { step: 0, node: '', run: 1, spans: [] }
  let run = 1
  const stop = (row: Row | undefined, atMs: number): void => {
    const last = row?.spans.at(-1)
    if (last !== undefined && last.toMs === undefined) last.toMs = atMs
  }
  const turn = (step: number, cause: Cause, atMs: number): void => {
    const row = rows.get(step)
    stop(row, atMs)
    row?.spans.push({ cause, fromMs: atMs })
  }
  const end = (step: number, how: NonNullable<TimelineRow['end']>, atMs: number): void => {
    const row = rows.get(step)
    stop(row, atMs)
    if (row !== undefined) row.end = how
  }
  const add = (fact: Fact): void => {
    switch (fact.t) {
      case 'created':
        if (fact.status !== 'RUNNING') instance.spans.push({ cause: fact.status === 'SCHEDULED' ? 'timer' : 'queue', fromMs: fact.at })
        break
      case 'queued':
        stop(instance, fact.at)
        instance.spans.push({ cause: 'queue', fromMs: fact.at })
        break
      case 'restarted':
        run = fact.run
        if (fact.status === 'QUEUED') instance.spans.push({ cause: 'queue', fromMs: fact.at })
        break
      case 'admitted':
      case 'resumed':
      case 'ended':
        stop(instance, fact.at)
        break
      case 'suspended':
        instance.spans.push({ cause: 'suspended', fromMs: fact.at })
        break
      case 'opened':
        rows.set(fact.step, { step: fact.step, node: fact.node, run, spans: [{ cause: causeOf(fact.wait), fromMs: fact.at }] })
        break
      case 'turned':
        turn(fact.step, causeOf(fact.wait), fact.at)
        break
      case 'attempt-failed':
        if (fact.retryAtMs !== undefined) turn(fact.step, 'retry', fact.at)
        break
      case 'attempt-started':
        turn(fact.step, 'compute', fact.at)
        break
      case 'attempt-returned':
        turn(fact.step, fact.retryAtMs === undefined ? 'callback' : 'timer', fact.at)
        break
      case 'incident':
        if (fact.step !== undefined) turn(fact.step, 'incident', fact.at)
        break
      case 'closed':
        end(fact.step, fact.skipped === true ? 'skipped' : fact.error === undefined ? 'closed' : 'failed', fact.at)
        break
      case 'withdrawn':
        end(fact.step, 'withdrawn', fact.at)
        break
      default:
        break
    }
  }
  return {
    add: (facts) => {
      for (const fact of facts) add(fact)
    },
    rows: () => (instance.spans.length === 0 ? [...rows.values()] : [instance, ...rows.values()]),
  }
}

/**
 * Steps that made the instance take as long as it did: from its last step back, each time the one whose end let the next begin. Of an instance that goes on,
 * back from the open step that has waited longest.
 */
export const criticalSteps = (rows: readonly TimelineRow[]): ReadonlySet<number> => {
  const steps = rows.filter((row) => row.step > 0)
  const byEnd = steps.filter((row) => endOf(row) < Number.POSITIVE_INFINITY).sort((a, b) => endOf(a) - endOf(b) || a.step - b.step)
  const critical = new Set<number>()
  const open = steps.filter((row) => endOf(row) === Number.POSITIVE_INFINITY).sort((a, b) => beginOf(a) - beginOf(b) || a.step - b.step)
  let at = byEnd.length - 1
  for (let row = open[0] ?? byEnd[at]; row !== undefined; ) {
    critical.add(row.step)
    const begin = beginOf(row)
    // A step that began later cannot have let this one begin, even where both ended in the same millisecond.
    while (at >= 0 && !endedBefore(byEnd[at], row.step, begin)) at--
    row = byEnd[at]
    at--
  }
  return critical
}

const endedBefore = (row: TimelineRow | undefined, step: number, atMs: number): boolean =>
  row !== undefined && row.step < step && endOf(row) <= atMs

const beginOf = (row: TimelineRow): number => row.spans[0]?.fromMs ?? 0

const endOf = (row: TimelineRow): number => {
  const last = row.spans.at(-1)
  return last === undefined ? 0 : (last.toMs ?? Number.POSITIVE_INFINITY)
}
