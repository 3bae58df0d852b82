import type { Net } from '../net/net.ts'
import { titleFromId } from '../text/title.ts'
import type { NetWords } from './check-soundness.ts'
import type { Move, SearchResult } from './search.ts'

export interface Counterexample {
  /**
   * - `deadlock`: tokens stand where they can never move, and nothing else is left to do.
   * - `left-behind`: the same, after some branch ended.
   * - `unsafe`: a node would run twice at once.
   * - `cannot-end`: from here on there is always something to do, and no way to be done.
   * - `dead-node`: the node never runs.
   */
  readonly kind: 'deadlock' | 'left-behind' | 'unsafe' | 'cannot-end' | 'dead-node'
  /** Id of the node it shows at. */
  readonly node: string
  /** What goes wrong and what to do about it. */
  readonly sentence: string
  /** The shortest play that leads there, from the start; empty for a node that no play reaches. */
  readonly steps: readonly PlayStep[]
}

export interface PlayStep {
  /** Id of the node that fires. */
  readonly node: string
  /** Indexes of the transitions that hold a token afterwards, in ascending order; one that holds two stands twice. */
  readonly tokens: readonly number[]
  readonly sentence: string
}

type Found = Extract<SearchResult, { verdict: 'unsound' }>

/** Tells a defect as a play of tokens in the words of the model. */
export function describe(net: Net, found: Found, words: NetWords): Counterexample {
  const names = new Names(net, words)
  const tokens: number[] = []
  let hasEnded = false
  const steps = found.moves.map((move) => {
    hasEnded = play(net, tokens, move) || hasEnded
    return { node: names.id(move.node), tokens: [...tokens].sort((a, b) => a - b), sentence: names.move(move) }
  })
  switch (found.defect) {
    case 'unsafe': {
      const sentence = `${names.title(found.node)} would run twice at once. Join the branches with an and-join before it, or choose one with an or-split.`
      return { kind: 'unsafe', node: names.id(found.node), sentence, steps }
    }
    case 'dead-node': {
      const sentence = `${names.title(found.node)} can never run. Lead a path to it, or remove it.`
      return { kind: 'dead-node', node: names.id(found.node), sentence, steps }
    }
    case 'cannot-end': {
      const last = steps[steps.length - 1]?.node ?? names.id(net.start)
      const sentence = `After this there is no way to the end: ${names.waiting(tokens)} go round for ever. Lead a way out of the loop.`
      return { kind: 'cannot-end', node: last, sentence, steps }
    }
    case 'stuck':
      return stuck(net, names, { tokens, hasEnded, steps })
  }
}

interface Stuck {
  readonly tokens: readonly number[]
  readonly hasEnded: boolean
  readonly steps: readonly PlayStep[]
}

function stuck(net: Net, names: Names, { tokens, hasEnded, steps }: Stuck): Counterexample {
  const join = net.edges[tokens[0] ?? 0]?.to ?? 0
  const missing = (net.incoming[join] ?? []).filter((edge) => !tokens.includes(edge)).map((edge) => names.title(net.edges[edge]?.from ?? 0))
  const waits = `${names.title(join)} waits for ${list(missing)}, which will not come`
  const advice = 'Join the branches of an or-split with an or-join, and those of an and-split with an and-join.'
  return hasEnded
    ? { kind: 'left-behind', node: names.id(join), sentence: `One branch reached an end, but ${waits}. ${advice}`, steps }
    : { kind: 'deadlock', node: names.id(join), sentence: `${waits}. ${advice}`, steps }
}

/** Plays one move on a list of tokens; answers whether a token reached an end. */
function play(net: Net, tokens: number[], { node, edge }: Move): boolean {
  const incoming = net.incoming[node] ?? []
  if (net.nodes[node]?.join === 'any')
    remove(
      tokens,
      incoming.find((candidate) => tokens.includes(candidate)),
    )
  else for (const consumed of net.region[node] ?? incoming) remove(tokens, consumed)
  let hasEnded = false
  for (const out of edge === -1 ? (net.outgoing[node] ?? []) : [edge]) {
    const to = net.edges[out]?.to ?? 0
    if ((net.outgoing[to] ?? []).length === 0) hasEnded = true
    else tokens.push(out)
  }
  return hasEnded
}

function remove(tokens: number[], edge: number | undefined): void {
  const at = edge === undefined ? -1 : tokens.indexOf(edge)
  if (at !== -1) tokens.splice(at, 1)
}

class Names {
  readonly #net: Net
  readonly #words: NetWords

  constructor(net: Net, words: NetWords) {
    this.#net = net
    this.#words = words
  }

  id(node: number): string {
    return this.#net.nodes[node]?.id ?? ''
  }

  /** The id, by which it is found in the text, and the title where it says more. */
  title(node: number): string {
    const id = this.id(node)
    const title = this.#words.titles.get(id) ?? id
    return title === id || title === titleFromId(id) ? id : `"${title}" (${id})`
  }

  move({ node, edge }: Move): string {
    const outgoing = edge === -1 ? (this.#net.outgoing[node] ?? []) : [edge]
    const targets = list(outgoing.map((out) => this.title(this.#net.edges[out]?.to ?? 0)))
    if (node === this.#net.start) return `The work begins and comes to ${targets}.`
    const word = edge === -1 ? this.#words.routes[outgoing[0] ?? -1] : this.#words.routes[edge]
    const decision = word === undefined || outgoing.length > 1 ? '' : ` with ${word}`
    const verb = outgoing.length > 1 ? 'opens' : 'leads to'
    return `${this.title(node)} completes${decision} and ${verb} ${targets}.`
  }

  waiting(tokens: readonly number[]): string {
    return list([...new Set(tokens.map((edge) => this.title(this.#net.edges[edge]?.to ?? 0)))])
  }
}

function list(words: readonly string[]): string {
  if (words.length <= 1) return words[0] ?? 'nothing'
  return `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`
}
