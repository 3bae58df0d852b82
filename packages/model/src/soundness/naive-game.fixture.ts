/**
 * The token game of `net/net.ts` played in the plainest way, to check the search against: markings are lists of tokens, states a map
 * of strings, and nothing is shared with `search.ts`.
 */
import type { Net } from '../net/net.ts'

/** Verdict of a full play; undefined when there are more states than `limit`. */
export function playNaively(net: Net, limit: number): 'sound' | 'unsound' | undefined {
  const fired = new Set([net.start])
  const states = new Map<string, readonly number[]>()
  for (const puts of choices(net, net.start)) {
    for (const edge of puts) if (leadsToEnd(net, edge)) fired.add(net.edges[edge]?.to ?? -1)
    const beginning = sorted(puts.filter((edge) => !leadsToEnd(net, edge)))
    if (isCrowded(net, beginning)) return 'unsound'
    states.set(beginning.join(), beginning)
  }
  const ways = new Map<string, Set<string>>()
  for (const [key, tokens] of states) {
    if (states.size > limit) return undefined
    const moves = movesFrom(net, tokens)
    if (moves.length === 0 && tokens.length > 0) return 'unsound'
    for (const move of moves) {
      fired.add(move.node)
      for (const edge of move.puts) if (leadsToEnd(net, edge)) fired.add(net.edges[edge]?.to ?? -1)
      const next = sorted([...move.left, ...move.puts.filter((edge) => !leadsToEnd(net, edge))])
      if (isCrowded(net, next)) return 'unsound'
      const nextKey = next.join()
      if (!states.has(nextKey)) states.set(nextKey, next)
      ways.set(nextKey, (ways.get(nextKey) ?? new Set()).add(key))
    }
  }
  const canComplete = new Set(states.has('') ? [''] : [])
  for (const key of canComplete) for (const before of ways.get(key) ?? []) canComplete.add(before)
  return canComplete.size === states.size && fired.size === net.nodes.length ? 'sound' : 'unsound'
}

interface Played {
  readonly node: number
  readonly left: readonly number[]
  readonly puts: readonly number[]
}

function movesFrom(net: Net, tokens: readonly number[]): readonly Played[] {
  for (let node = 0; node < net.nodes.length; node++) {
    const { join } = net.nodes[node] ?? { join: 'any' as const }
    if (join === 'any') continue
    const incoming = net.incoming[node] ?? []
    const standing = incoming.filter((edge) => tokens.includes(edge))
    const need = join === 'all' ? incoming.length : join.need
    if (standing.length < need) continue
    const gone = join === 'all' ? incoming : (net.region[node] ?? [])
    return choices(net, node).map((puts) => ({ node, left: tokens.filter((edge) => !gone.includes(edge)), puts }))
  }
  return tokens.flatMap((token, i) => {
    const node = net.edges[token]?.to ?? -1
    if (net.nodes[node]?.join !== 'any') return []
    return choices(net, node).map((puts) => ({ node, left: tokens.filter((_, j) => j !== i), puts }))
  })
}

function choices(net: Net, node: number): readonly (readonly number[])[] {
  const outgoing = net.outgoing[node] ?? []
  return net.nodes[node]?.split === 'all' || outgoing.length === 0 ? [outgoing] : outgoing.map((edge) => [edge])
}

function isCrowded(net: Net, tokens: readonly number[]): boolean {
  return tokens.some((token, i) =>
    tokens.some((other, j) => {
      if (i === j) return false
      const to = net.edges[token]?.to ?? -1
      return token === other || (net.nodes[to]?.join === 'any' && net.edges[other]?.to === to)
    }),
  )
}

function leadsToEnd(net: Net, edge: number): boolean {
  return (net.outgoing[net.edges[edge]?.to ?? -1] ?? []).length === 0
}

function sorted(tokens: readonly number[]): readonly number[] {
  return [...tokens].sort((a, b) => a - b)
}
