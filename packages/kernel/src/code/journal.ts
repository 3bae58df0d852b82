/**
 * The journal of a code workflow's run, read from its facts: what was delivered to the function and which calls it made, in order.
 * Replaying it brings the function to where it was (DESIGN 4.3).
 */

import type { Delivery } from '../effect.ts'
import type { Fact } from '../fact.ts'
import type { Wait } from '../step.ts'
import type { Replay } from './replay.ts'
import { resultOf } from './result-of.ts'

export type JournalEntry =
  | { readonly kind: 'delivered'; readonly delivery: Delivery; readonly atMs: number }
  | { readonly kind: 'called'; readonly call: number; readonly signature: string }

const waitSignature = (wait: Wait, name: string): string => {
  switch (wait.kind) {
    case 'task':
      return `task:${name}`
    case 'work-item':
      return `ask:${name}`
    case 'timer':
      return `sleep:${name}`
    case 'message':
      return `wait-for:${name}`
    case 'child':
      return `start:${name}`
    case 'callback':
      return `callback:${name}`
  }
}

/** Journal of the latest run among `facts` (all of an instance, in order). */
export const journalOf = (facts: Iterable<Fact>): JournalEntry[] => {
  let journal: (JournalEntry & { readonly seq: number })[] = []
  const callOfStep = new Map<number, number>()
  let replay: Replay | undefined
  let seq = 0
  const begin = (atMs: number) => {
    const kept = replay === undefined ? [] : journal.filter((entry) => entry.seq < (replay?.cut ?? 0))
    journal = [...kept, { kind: 'delivered', delivery: replay?.delivery ?? { kind: 'start' }, atMs, seq }]
    replay = undefined
  }
  for (const fact of facts) {
    seq++
    switch (fact.t) {
      case 'created':
        if (fact.status === 'RUNNING') begin(fact.at)
        break
      case 'admitted':
        begin(fact.at)
        break
      case 'restarted':
        replay = fact.replay
        if (fact.status === 'RUNNING') begin(fact.at)
        break
      case 'opened':
        if (fact.call !== undefined) {
          callOfStep.set(fact.step, fact.call)
          // A call that waits anew after a restart is in the kept journal already.
          if (fact.again !== true) journal.push({ kind: 'called', call: fact.call, signature: waitSignature(fact.wait, fact.node), seq })
        }
        break
      case 'closed': {
        const call = callOfStep.get(fact.step)
        if (call === undefined) break
        journal.push({ kind: 'delivered', seq, atMs: fact.at, delivery: resultOf(call, fact) })
        break
      }
      case 'data':
        if (fact.call !== undefined) journal.push({ kind: 'called', call: fact.call, signature: 'set', seq })
        break
      case 'logged':
        journal.push({ kind: 'called', call: fact.call, signature: 'log', seq })
        break
      case 'published':
        journal.push({ kind: 'called', call: fact.call, signature: `publish:${fact.name}`, seq })
        break
      case 'withdrew':
        journal.push({ kind: 'called', call: fact.call, signature: 'withdraw', seq })
        break
      case 'continued':
        journal.push({ kind: 'called', call: fact.call, signature: 'continue-as-new', seq })
        break
      default:
        break
    }
  }
  return journal.map(({ seq: _, ...entry }) => entry)
}
