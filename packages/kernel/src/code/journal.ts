/**
 * The journal of a code workflow's run, read from its facts: what was delivered to the function and which calls it made, in order.
 * Replaying it brings the function to where it was (DESIGN 4.3).
 */
import type { Fact } from '../fact.ts'
import type { Delivery } from '../effect.ts'
import type { Wait } from '../step.ts'

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
  let journal: JournalEntry[] = []
  const callOfStep = new Map<number, number>()
  const begin = (atMs: number) => {
    journal = [{ kind: 'delivered', delivery: { kind: 'start' }, atMs }]
  }
  for (const fact of facts) {
    switch (fact.t) {
      case 'created':
        if (fact.status === 'RUNNING') begin(fact.at)
        break
      case 'admitted':
        begin(fact.at)
        break
      case 'restarted':
        if (fact.status === 'RUNNING') begin(fact.at)
        break
      case 'opened':
        if (fact.call !== undefined) {
          callOfStep.set(fact.step, fact.call)
          journal.push({ kind: 'called', call: fact.call, signature: waitSignature(fact.wait, fact.node) })
        }
        break
      case 'closed': {
        const call = callOfStep.get(fact.step)
        if (call === undefined) break
        journal.push({
          kind: 'delivered',
          atMs: fact.at,
          delivery: {
            kind: 'result',
            call,
            ...(fact.output === undefined ? {} : { output: fact.output }),
            ...(fact.error === undefined ? {} : { error: fact.error }),
            ...(fact.route === undefined ? {} : { route: fact.route }),
          },
        })
        break
      }
      case 'data':
        if (fact.call !== undefined) journal.push({ kind: 'called', call: fact.call, signature: 'set' })
        break
      case 'logged':
        journal.push({ kind: 'called', call: fact.call, signature: 'log' })
        break
      case 'published':
        journal.push({ kind: 'called', call: fact.call, signature: `publish:${fact.name}` })
        break
      case 'withdrew':
        journal.push({ kind: 'called', call: fact.call, signature: 'withdraw' })
        break
      case 'continued':
        journal.push({ kind: 'called', call: fact.call, signature: 'continue-as-new' })
        break
      default:
        break
    }
  }
  return journal
}
