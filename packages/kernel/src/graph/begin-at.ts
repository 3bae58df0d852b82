/**
 * Where a run may begin in the middle of a graph. A step inside parallel branches has joins behind it that wait for the other branches too: a run that
 * begins there would stop before them for ever. So the other branches count as done: their tokens rest before those joins from the beginning.
 */
import type { Net } from '@millrace/model'
import type { Edge } from '../values.ts'

/**
 * Tokens that rest before joins when every branch beside `node` is done; empty for a node outside of parallel branches. A join that needs fewer gets one
 * token less than it needs, so that the branch of `node` is the one that fires it.
 *
 * Found by one play of the net, each choice by the shortest way: first to the node, where a token is held, then to the end. In a sound net any play does,
 * and the shortest way makes it finite.
 */
export const tokensBeside = (net: Net, node: number): readonly Edge[] => {
  const toNode = distances(net, [node])
  const toEnd = distances(
    net,
    net.nodes.flatMap((_, index) => (net.outgoing[index]?.length === 0 ? [index] : [])),
  )
  const isHeld = (index: number): boolean =>
    index === node || (net.region[index] ?? []).some((edge) => net.edges[edge]?.from === node || net.edges[edge]?.to === node)
  let tokens: readonly Edge[] = leave(net, net.start, toEnd, toNode)
  for (;;) {
    const isReached = tokens.some((edge) => net.edges[edge]?.to === node)
    const next = fireJoin(net, tokens, isHeld) ?? movable(net, tokens, isHeld)
    if (next === undefined) return resting(net, tokens, node)
    tokens = [...next.left, ...leave(net, next.node, toEnd, isReached ? undefined : toNode)]
  }
}

interface Firing {
  readonly node: number
  readonly left: readonly Edge[]
}

const fireJoin = (net: Net, tokens: readonly Edge[], isHeld: (index: number) => boolean): Firing | undefined => {
  for (const [index, { join }] of net.nodes.entries()) {
    if (join === 'any' || isHeld(index)) continue
    const incoming = net.incoming[index] ?? []
    const standing = incoming.filter((edge) => tokens.includes(edge)).length
    if (standing < (join === 'all' ? incoming.length : join.need)) continue
    const gone = new Set(join === 'all' ? incoming : net.region[index])
    return { node: index, left: tokens.filter((edge) => !gone.has(edge)) }
  }
  return undefined
}

const movable = (net: Net, tokens: readonly Edge[], isHeld: (index: number) => boolean): Firing | undefined => {
  for (const [place, edge] of tokens.entries()) {
    const index = net.edges[edge]?.to ?? -1
    if (net.nodes[index]?.join === 'any' && !isHeld(index)) return { node: index, left: tokens.toSpliced(place, 1) }
  }
  return undefined
}

/** All transitions of a split; of a choice the one with the shortest way to the node, or to the end where none leads there. */
const leave = (net: Net, index: number, toEnd: readonly number[], toNode: readonly number[] | undefined): readonly Edge[] => {
  const outgoing = net.outgoing[index] ?? []
  if (net.nodes[index]?.split === 'all' || outgoing.length <= 1) return outgoing
  const far = (edge: Edge, way: readonly number[] | undefined): number => way?.[net.edges[edge]?.to ?? -1] ?? Number.POSITIVE_INFINITY
  const leads = outgoing.some((edge) => far(edge, toNode) < Number.POSITIVE_INFINITY)
  const way = leads ? toNode : toEnd
  return [outgoing.reduce((best, edge) => (far(edge, way) < far(best, way) ? edge : best))]
}

/** Steps from every node to the nearest of `targets`, against the transitions. */
const distances = (net: Net, targets: readonly number[]): readonly number[] => {
  const found = new Array<number>(net.nodes.length).fill(Number.POSITIVE_INFINITY)
  for (const target of targets) found[target] = 0
  const queue = [...targets]
  for (const index of queue) {
    for (const edge of net.incoming[index] ?? []) {
      const from = net.edges[edge]?.from ?? -1
      if (found[from] !== Number.POSITIVE_INFINITY) continue
      found[from] = (found[index] ?? 0) + 1
      queue.push(from)
    }
  }
  return found
}

const resting = (net: Net, tokens: readonly Edge[], node: number): readonly Edge[] =>
  net.nodes.flatMap(({ join }, index) => {
    if (join === 'any' || index === node) return []
    const standing = (net.incoming[index] ?? []).filter((edge) => tokens.includes(edge))
    return join === 'all' ? standing : standing.slice(0, join.need - 1)
  })
