/** What must be true of one instance by its facts alone. */

import { isDeepStrictEqual } from 'node:util'
import { apply, type Fact, isFinal, type State } from '@millrace/kernel'
import type { Net } from '@millrace/model'

/** The stored state is the fold of the stored facts, also when both were read from bytes. */
export const foldViolation = (facts: readonly Fact[], stored: State): string | undefined => {
  const folded = facts.reduce<State | undefined>((state, fact) => apply(state, fact), undefined)
  if (isDeepStrictEqual(plain(folded), plain(stored))) return undefined
  const differs = Object.keys(stored).filter(
    (key) => !isDeepStrictEqual(plain(stored[key as keyof State]), plain(folded?.[key as keyof State])),
  )
  return `the stored state of ${stored.id} is not the fold of its facts: ${differs.join(', ')}`
}

const plain = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)))

/** No step is closed or withdrawn twice, none is opened under a number that was used. */
export const stepViolation = (id: string, facts: readonly Fact[]): string | undefined => {
  const open = new Set<number>()
  let last = 0
  for (const fact of facts) {
    if (fact.t === 'opened') {
      if (fact.step <= last) return `step ${fact.step} of ${id} was opened twice`
      last = fact.step
      open.add(fact.step)
    }
    if ((fact.t === 'closed' || fact.t === 'withdrawn') && !open.delete(fact.step)) return `step ${fact.step} of ${id} ended twice`
  }
  return undefined
}

/**
 * Every token is used once: what a node takes was put there before, so that no join fires twice for one set of tokens, and when a run completes nothing is
 * left. Begins afresh with every run.
 */
export const tokenViolation = (id: string, facts: readonly Fact[], net: Net): string | undefined => {
  let tokens: number[] = []
  /** A node may begin without a token: where a run does, and where a person sends the work back to. */
  let begins = new Set<string>()
  const opened = new Map<number, string>()
  const take = (edges: readonly number[], node: string): string | undefined => {
    if (edges.length === 0 && !begins.delete(node)) return `${node} of ${id} began without a token`
    for (const edge of edges) {
      const at = tokens.indexOf(edge)
      if (at < 0) return `${node} of ${id} took a token from transition ${edge}, where none was`
      tokens.splice(at, 1)
    }
    return undefined
  }
  for (const [seq, fact] of facts.entries()) {
    let wrong: string | undefined
    switch (fact.t) {
      case 'created':
        tokens = [...(net.outgoing[net.start] ?? [])]
        break
      case 'restarted': {
        const atStart = fact.from === undefined || fact.from.includes(net.nodes[net.start]?.id ?? '')
        tokens = [
          ...Object.entries(fact.tokens ?? {}).flatMap(([edge, count]) => Array.from({ length: count }, () => Number(edge))),
          ...(atStart ? (net.outgoing[net.start] ?? []) : []),
        ]
        begins = new Set(fact.from ?? [])
        opened.clear()
        break
      }
      case 'passed':
        wrong = take(fact.in, fact.node)
        tokens.push(...fact.out)
        break
      case 'opened':
        if (fact.side === true) break
        // A join that its limit stopped gave its tokens up before.
        if (fact.in !== undefined || net.region[net.indexOf.get(fact.node) ?? -1] === undefined) wrong = take(fact.in ?? [], fact.node)
        opened.set(fact.step, fact.node)
        break
      case 'closed':
        tokens.push(...(fact.out ?? []))
        break
      case 'withdrawn':
        // Sent back: the next node begins without a token.
        if (fact.reason.startsWith('Sent back to ')) begins.add(fact.reason.slice('Sent back to '.length, -1))
        break
      case 'cleared':
        for (const edge of fact.edges) tokens.splice(tokens.indexOf(edge), 1)
        break
      case 'ended':
        if (fact.status === 'COMPLETED' && tokens.length > 0) wrong = `${id} completed with tokens left on ${tokens.join()}`
        break
      default:
        break
    }
    if (wrong !== undefined) return `${wrong} (fact ${seq + 1})`
  }
  return undefined
}

/** A run that has ended keeps its status; only the next run has another. */
export const statusViolation = (id: string, facts: readonly Fact[]): string | undefined => {
  let state: State | undefined
  for (const fact of facts) {
    const after = apply(state, fact)
    if (state !== undefined && isFinal(state.status) && after.run === state.run && after.status !== state.status)
      return `run ${state.run} of ${id} ended as ${state.status} and became ${after.status}`
    state = after
  }
  return undefined
}
