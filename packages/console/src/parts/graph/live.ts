/** What a running instance adds to the drawing: where its tokens stand, how they got there, how often. */
import type { Instance, OpenStep } from '@millrace/protocol'
import type { Mark } from '../status-mark/mark.ts'
import type { Graph } from './graph.ts'

export interface GraphLive {
  /** By node id. */
  readonly tokens: ReadonlyMap<string, readonly Token[]>
  /** Tokens that rest on an edge, before a join; by edge id. */
  readonly resting: ReadonlyMap<string, number>
  /** How often a node was passed; by node id. */
  readonly passes: ReadonlyMap<string, number>
  /** Ids of the edges taken in this run. */
  readonly passed: ReadonlySet<string>
}

/** A step that is open: its shape, and how many of the same. */
export interface Token {
  readonly mark: Mark
  readonly count: number
}

export const NOTHING_LIVE: GraphLive = { tokens: new Map(), resting: new Map(), passes: new Map(), passed: new Set() }

/** What the eye should meet first. */
const URGENCY: readonly Mark[] = [
  'incident',
  'failed',
  'stale',
  'person',
  'timer',
  'queued',
  'running',
  'suspended',
  'completed',
  'aborted',
]

/**
 * The live part of an instance's drawing.
 *
 * @param passed ids of edges taken, from the instance's history; without it none is drawn as taken
 */
export function liveOfInstance(
  instance: Pick<Instance, 'steps' | 'tokens' | 'passes' | 'status'>,
  graph: Graph,
  passed: ReadonlySet<string> = new Set(),
): GraphLive {
  const tokens = new Map<string, Token[]>()
  for (const step of instance.steps) addToken(tokens, step.node, instance.status === 'SUSPENDED' ? 'suspended' : markOfStep(step))
  const resting = new Map<string, number>()
  for (const edge of graph.edges) {
    const count = instance.tokens[`${edge.from}>${edge.to}`]
    if (count !== undefined && count > 0) resting.set(edge.id, count)
  }
  return { tokens, resting, passes: new Map(Object.entries(instance.passes)), passed }
}

/** The shape of an open step. */
export function markOfStep(step: Pick<OpenStep, 'waits' | 'incident' | 'retryAtMs'>): Mark {
  if (step.incident !== undefined) return 'incident'
  if (step.retryAtMs !== undefined) return 'timer'
  switch (step.waits) {
    case 'work-item':
      return 'person'
    case 'timer':
      return 'timer'
    case 'task':
    case 'message':
    case 'callback':
    case 'child':
      return 'running'
  }
}

function addToken(tokens: Map<string, Token[]>, node: string, mark: Mark, count = 1): void {
  const list = tokens.get(node) ?? []
  const same = list.findIndex((token) => token.mark === mark)
  const known = list[same]
  if (known === undefined) list.push({ mark, count })
  else list[same] = { mark, count: known.count + count }
  tokens.set(node, list.toSorted(byUrgency))
}

function byUrgency(a: Token, b: Token): number {
  return URGENCY.indexOf(a.mark) - URGENCY.indexOf(b.mark)
}

/** The same on a folded graph: a box shows the tokens of all it holds, so none is ever hidden. */
export function foldLive(live: GraphLive, graph: Graph): GraphLive {
  const boxOf = new Map(graph.nodes.flatMap((node) => (node.holds ?? []).map((held) => [held, node.id] as const)))
  if (boxOf.size === 0) return live
  const tokens = new Map<string, Token[]>()
  for (const [node, list] of live.tokens) for (const { mark, count } of list) addToken(tokens, boxOf.get(node) ?? node, mark, count)
  const drawn = graph.edges.map((edge) => ({ id: edge.id, ids: edge.carries ?? [edge.id] }))
  return {
    tokens,
    resting: new Map(
      drawn.flatMap(({ id, ids }) => {
        const count = ids.reduce((sum, one) => sum + (live.resting.get(one) ?? 0), 0)
        return count > 0 ? [[id, count] as const] : []
      }),
    ),
    passes: live.passes,
    passed: new Set(drawn.filter(({ ids }) => ids.some((id) => live.passed.has(id))).map(({ id }) => id)),
  }
}

/** The node to open on: the most urgent token's, the first of the graph among equals. */
export function focusOf(live: GraphLive, graph: Graph): string | undefined {
  let best: { readonly id: string; readonly urgency: number } | undefined
  for (const { id } of graph.nodes) {
    const [first] = live.tokens.get(id) ?? []
    if (first === undefined) continue
    const urgency = URGENCY.indexOf(first.mark)
    if (best === undefined || urgency < best.urgency) best = { id, urgency }
  }
  return best?.id
}
