/** A counterexample of the soundness check as frames to step through. */

import type { Graph } from './graph.ts'
import { type GraphLive, NOTHING_LIVE } from './live.ts'
import type { Lit } from './live-store.ts'

/** As package model tells it: indexes of transitions, which are the ids of the graph's edges. */
export interface Counterexample {
  /** Id of the node where it shows. */
  readonly node: string
  readonly sentence: string
  readonly steps: readonly { readonly node: string; readonly tokens: readonly number[]; readonly sentence: string }[]
}

export interface Play {
  /** The beginning, every move, and what is wrong at last. */
  readonly frames: readonly PlayFrame[]
}

export interface PlayFrame {
  readonly live: GraphLive
  readonly lit: Lit
  readonly sentence: string
  readonly isDefect: boolean
}

export function playOf(graph: Graph, counterexample: Counterexample): Play {
  const [start] = graph.nodes
  let before: readonly number[] = []
  const moves = counterexample.steps.map(({ node, tokens, sentence }) => {
    const arrived = newTokens(before, tokens)
    before = tokens
    return { live: liveOf(tokens), lit: { node, edges: new Set(arrived.map(String)), isDefect: false }, sentence, isDefect: false }
  })
  const defect = {
    live: liveOf(before),
    lit: { node: counterexample.node, edges: new Set<string>(), isDefect: true },
    sentence: counterexample.sentence,
    isDefect: true,
  }
  const beginning = {
    live: NOTHING_LIVE,
    lit: { ...(start === undefined ? {} : { node: start.id }), edges: new Set<string>(), isDefect: false },
  }
  return { frames: [{ ...beginning, sentence: start?.title ?? '', isDefect: false }, ...moves, defect] }
}

function liveOf(tokens: readonly number[]): GraphLive {
  const resting = new Map<string, number>()
  for (const token of tokens) resting.set(String(token), (resting.get(String(token)) ?? 0) + 1)
  return { ...NOTHING_LIVE, resting }
}

/** Tokens that were not there before, each as often as it came. */
function newTokens(before: readonly number[], after: readonly number[]): readonly number[] {
  const left = [...before]
  return after.filter((token) => {
    const at = left.indexOf(token)
    if (at === -1) return true
    left.splice(at, 1)
    return false
  })
}
