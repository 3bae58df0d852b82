/**
 * Whether every way to play a model ends well (DESIGN 4.2). The token game is `net/net.ts`.
 *
 * Three attempts, each only as strong as it can prove:
 * 1. `reduce.ts` folds sequences, choices, parallel blocks and loops, in linear time. What folds to a single edge is sound.
 * 2. `search.ts` plays the folded rest in every way. The folding keeps soundness, so a sound rest proves the model sound.
 * 3. `search.ts` plays the model itself breadth first, so the first defect found is a shortest one, and its way there is the
 *    counterexample, in the author's own nodes.
 * Beyond the budget the answer is `unknown`, never `sound`.
 */
import type { Model } from '../model.ts'
import { compileNet, type Net } from '../net/net.ts'
import { type Counterexample, describe } from './counterexample.ts'
import { reduce } from './reduce.ts'
import { search } from './search.ts'

/** States searched at most, in all; some seconds on a small machine. */
export const DEFAULT_BUDGET = 200_000

export interface Soundness {
  readonly verdict: 'sound' | 'unsound' | 'unknown'
  /** Distinct states of the game that were looked at; 0 when folding alone proved it. */
  readonly states: number
  /** Why it is unsound. */
  readonly counterexample?: Counterexample
}

/**
 * Checks a model whose transitions all name nodes (I1). Rules, routes and results count as free choices.
 *
 * @param options.budget states searched at most, default 200,000
 * @example checkSoundness(model) // { verdict: 'unsound', states: 4, counterexample: { kind: 'deadlock', … } }
 */
export function checkSoundness(model: Pick<Model, 'nodes' | 'transitions'>, options: { readonly budget?: number } = {}): Soundness {
  const net = compileNet(model)
  const titles = new Map(model.nodes.map((node) => [node.id, node.title]))
  const routes = model.transitions.map((transition) => transition.route?.label ?? transition.route?.name)
  return checkNet(net, { titles, routes, budget: options.budget ?? DEFAULT_BUDGET })
}

export interface NetWords {
  readonly titles: ReadonlyMap<string, string>
  /** By edge: the words on it, where it has any. */
  readonly routes: readonly (string | undefined)[]
}

/** The same for a net that came from elsewhere, a deployment plan for example. */
export function checkNet(net: Net, { titles, routes, budget }: NetWords & { readonly budget: number }): Soundness {
  const rest = reduce(net)
  if (rest === 'sound') return { verdict: 'sound', states: 0 }
  // Half for each search, so that a rest as large as the model does not use up what finding the defect needs.
  const folded = rest === 'stuck' ? undefined : search(rest, { budget: Math.floor(budget / 2), endsHold: true })
  if (folded?.verdict === 'sound') return { verdict: 'sound', states: folded.states }
  const spent = folded?.states ?? 0
  const played = search(net, { budget: budget - spent })
  const states = spent + played.states
  if (played.verdict !== 'unsound') return { verdict: played.verdict, states }
  return { verdict: 'unsound', states, counterexample: describe(net, played, { titles, routes }) }
}
