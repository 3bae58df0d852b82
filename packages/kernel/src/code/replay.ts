/** Restarting code from one of its calls: everything the function had been told before it made that call is kept, the rest happens anew. */
import type { Delivery } from '../effect.ts'
import type { Fact } from '../fact.ts'
import type { Wait } from '../step.ts'
import { resultOf } from './result-of.ts'

export interface Replay {
  /** Sequence number of the fact that brought the delivery after which the call was made: the journal before it is kept. */
  readonly cut: number
  /** That delivery, which is made again. */
  readonly delivery: Delivery
  /** Calls in the kept journal. */
  readonly calls: number
  /** Kept calls that had no result by then: they wait anew. */
  readonly reopen: readonly Reopened[]
  /** Run whose chance the kept journal was made with; absent in facts of older releases, where it is that of the new run. */
  readonly asRun?: number
}

interface Reopened {
  readonly call: number
  readonly node: string
  readonly wait: Wait
}

/** A fact of the latest run's journal; where a restart kept calls of earlier runs, theirs come first. */
interface Entry {
  readonly seq: number
  readonly fact: Fact
  /** The fact began a run by making this delivery again. */
  readonly delivery?: Delivery
}

/**
 * What a restart from a step means in the journal of the latest run. `facts` are all of the instance, in order.
 *
 * @returns undefined when the step is no call of that journal; `'start'` when it was made right at the start, so that nothing is kept.
 */
export const replayFrom = (facts: readonly Fact[], step: number): Replay | 'start' | undefined => {
  const { entries, asRun } = latestRun(facts)
  const callOfStep = new Map<number, number>()
  for (const { fact } of entries) if (fact.t === 'opened' && fact.call !== undefined) callOfStep.set(fact.step, fact.call)
  const target = callOfStep.get(step)
  if (target === undefined) return undefined
  const pending = new Map<number, Reopened>()
  let calls = 0
  let last: Replay | undefined
  const told = (cut: number, delivery: Extract<Delivery, { kind: 'result' }>): void => {
    pending.delete(delivery.call)
    last = { cut, delivery, calls, reopen: [...pending.values()].map(fresh), asRun }
  }
  for (const { seq, fact, delivery } of entries) {
    if (delivery?.kind === 'result') told(seq, delivery)
    if (fact.t === 'opened' && fact.call !== undefined && fact.again !== true) {
      // A call that waits anew has its place where it was made first.
      if (fact.call === target) break
      pending.set(fact.call, { call: fact.call, node: fact.node, wait: fact.wait })
    }
    if (fact.t === 'withdrawn') pending.delete(callOfStep.get(fact.step) ?? 0)
    if (fact.t === 'closed') {
      const call = callOfStep.get(fact.step)
      if (call !== undefined) told(seq, resultOf(call, fact))
    }
    if ('call' in fact && fact.call !== undefined) calls = Math.max(calls, fact.call)
  }
  return last ?? 'start'
}

const latestRun = (facts: readonly Fact[]): { readonly entries: readonly Entry[]; readonly asRun: number } => {
  let entries: Entry[] = []
  let replay: Replay | undefined
  let run = 1
  let asRun = 1
  for (const [index, fact] of facts.entries()) {
    const seq = index + 1
    if (fact.t === 'restarted') {
      replay = fact.replay
      run = fact.run
    }
    if (!isBegin(fact)) {
      entries.push({ seq, fact })
      continue
    }
    const cut = replay?.cut ?? 0
    entries = entries.filter((entry) => entry.seq < cut)
    entries.push({ seq, fact, delivery: replay?.delivery ?? { kind: 'start' } })
    asRun = replay?.asRun ?? run
    replay = undefined
  }
  return { entries, asRun }
}

const isBegin = (fact: Fact): boolean =>
  fact.t === 'admitted' || ((fact.t === 'created' || fact.t === 'restarted') && fact.status === 'RUNNING')

/** The wait as it was when the call was made: its first try. */
const fresh = (entry: Reopened): Reopened => {
  const { wait } = entry
  return wait.kind === 'task' ? { ...entry, wait: { ...wait, attempt: 1 } } : entry
}
