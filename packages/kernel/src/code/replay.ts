/** Restarting code from one of its calls: everything the function had been told before it made that call is kept, the rest happens anew. */
import type { Delivery } from '../effect.ts'
import type { Fact } from '../fact.ts'
import type { Wait } from '../step.ts'

export interface Replay {
  /** Sequence number of the fact that brought the delivery after which the call was made: the journal before it is kept. */
  readonly cut: number
  /** That delivery, which is made again. */
  readonly delivery: Delivery
  /** Calls in the kept journal. */
  readonly calls: number
  /** Kept calls that had no result by then: they wait anew. */
  readonly reopen: readonly { readonly call: number; readonly node: string; readonly wait: Wait }[]
}

/**
 * What a restart from a step means in the journal of the latest run. `facts` are all of the instance, in order.
 *
 * @returns undefined when the step was no call of that run; `'start'` when it was made right at the start, so that nothing is kept.
 */
export const replayFrom = (facts: readonly Fact[], step: number): Replay | 'start' | undefined => {
  const target = facts.findLastIndex((fact) => fact.t === 'opened' && fact.step === step && fact.call !== undefined)
  const begin = facts.findLastIndex((fact) => isBegin(fact))
  if (target < begin || target < 0) return undefined
  const open = new Map<number, { readonly call: number; readonly node: string; readonly wait: Wait }>()
  let calls = 0
  let last: (Replay & { readonly openThen: typeof open }) | undefined
  for (const [index, fact] of facts.entries()) {
    if (index <= begin) continue
    if (index >= target) break
    if (fact.t === 'opened' && fact.call !== undefined) open.set(fact.step, { call: fact.call, node: fact.node, wait: fact.wait })
    if (fact.t === 'withdrawn') open.delete(fact.step)
    if (fact.t === 'closed') {
      const call = open.get(fact.step)?.call
      if (call !== undefined) {
        const delivery: Delivery = {
          kind: 'result',
          call,
          ...(fact.output === undefined ? {} : { output: fact.output }),
          ...(fact.error === undefined ? {} : { error: fact.error }),
          ...(fact.route === undefined ? {} : { route: fact.route }),
        }
        open.delete(fact.step)
        last = { cut: index + 1, delivery, calls, reopen: [], openThen: new Map(open) }
      }
    }
    if ('call' in fact && fact.call !== undefined) calls = Math.max(calls, fact.call)
  }
  if (last === undefined) return 'start'
  const { openThen, ...replay } = last
  return { ...replay, reopen: [...openThen.values()].map(fresh) }
}

const isBegin = (fact: Fact): boolean =>
  fact.t === 'admitted' || ((fact.t === 'created' || fact.t === 'restarted') && fact.status === 'RUNNING')

/** The wait as it was at its first try, unclaimed. */
const fresh = (entry: { readonly call: number; readonly node: string; readonly wait: Wait }): Replay['reopen'][number] => {
  const { wait } = entry
  return wait.kind === 'task' ? { ...entry, wait: { ...wait, attempt: 1 } } : entry
}
