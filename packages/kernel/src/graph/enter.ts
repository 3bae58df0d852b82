/**
 * The token game (model/src/net/net.ts, G1–G7): what happens when tokens arrive on transitions.
 *
 * Owns: joins, passing of nodes without work, the end. Does not own: what a step of a node waits for (`open-step.ts`), which transition is taken
 * (`leave.ts`).
 *
 * Invariants:
 * I1. A join fires once for each set of tokens it needs, whichever branch comes last.
 * I2. Every token is recorded where it rests; a fact that takes one names it.
 * I3. The run ends when no step is open and no token is left that can move.
 */
import type { Node } from '@millrace/model'
import { indexOf, nodeAt, targetOf } from '../program.ts'
import { endRun } from '../run/end.ts'
import { openIncident } from '../step/incident.ts'
import { graphOf, record, type Turn } from '../turn.ts'
import type { Edge } from '../values.ts'
import { clearBlock } from './block.ts'
import { chooseOut, needsJavaScript } from './leave.ts'
import { openStep } from './open-step.ts'

/** Passes of one node in one run before it is taken for an endless loop; a model may set its own. */
export const DEFAULT_MAX_PASSES = 1_000

/** Lets tokens that were just put on `edges` go on as far as they can, and ends the run when nothing is left. */
export const enter = (turn: Turn, edges: readonly Edge[]): void => {
  const moving = [...edges]
  for (let next = 0; next < moving.length; next++) {
    const edge = moving[next]
    if (edge === undefined || turn.state.status !== 'RUNNING') return
    const index = targetOf(graphOf(turn), edge)
    const taken = tokensTaken(turn, index, edge)
    if (taken !== undefined) moving.push(...arrive(turn, index, taken))
  }
}

/** Begins a node without a token: the start of a run, or a restart from a step. */
export const enterNode = (turn: Turn, id: string): void => {
  enter(turn, arrive(turn, indexOf(graphOf(turn), id), []))
}

/** G2–G4: the tokens the node consumes now, or undefined while its join waits. */
const tokensTaken = (turn: Turn, index: number, edge: Edge): readonly Edge[] | undefined => {
  const { net } = graphOf(turn)
  const join = net.nodes[index]?.join
  // A token may have been cleared by a join since it was put here; that of the start is never recorded.
  const isOfStart = net.edges[edge]?.from === net.start
  if (join === undefined || join === 'any') return isOfStart || (turn.state.tokens[edge] ?? 0) > 0 ? [edge] : undefined
  const incoming = net.incoming[index] ?? []
  const withToken = incoming.filter((each) => (turn.state.tokens[each] ?? 0) > 0 || (isOfStart && each === edge))
  if (join === 'all') return withToken.length === incoming.length ? incoming : undefined
  return withToken.length >= join.need ? withToken.slice(0, join.need) : undefined
}

/** A token set arrives at a node. Returns the edges it goes on by at once; none when a step was opened. */
const arrive = (turn: Turn, index: number, taken: readonly Edge[]): readonly Edge[] => {
  const program = graphOf(turn)
  const node = nodeAt(program, index)
  const pass = program.net.isInLoop[index] === true ? (turn.state.passes[node.id] ?? 0) + 1 : undefined
  if (pass !== undefined && pass > (node.maxPasses ?? DEFAULT_MAX_PASSES)) {
    // A join that needed fewer has fired all the same, though it goes on only after the incident: the rest of its block must not come too.
    const region = program.net.region[index]
    if (region !== undefined) clearBlock(turn, region, [])
    const n = openStep(turn, node, { in: region === undefined ? taken : [], pass, isBlank: true })
    openIncident(turn, n, {
      code: 'LOOP_LIMIT',
      message: `${node.title} was passed ${pass - 1} times in this run, which is its limit. Retry lets it pass again; or raise maxPasses, or cancel.`,
    })
    return []
  }
  const arrival = { in: taken, ...(pass === undefined ? {} : { pass }) }
  switch (node.type) {
    case 'start':
    case 'or-join':
      return passNode(turn, node, arrival, program.net.outgoing[index] ?? [])
    case 'and-split':
      return passNode(turn, node, arrival, program.net.outgoing[index] ?? [])
    case 'and-join': {
      const region = program.net.region[index]
      const out = passNode(turn, node, arrival, program.net.outgoing[index] ?? [])
      if (region !== undefined) clearBlock(turn, region, out)
      return out
    }
    case 'end':
      return passNode(turn, node, arrival, [])
    case 'or-split':
    case 'goto':
      return branch(turn, node, index, arrival)
    case 'participant':
    case 'process':
    case 'container':
    case 'wait':
      openStep(turn, node, arrival)
      return []
  }
}

export interface Arrival {
  readonly in: readonly Edge[]
  readonly pass?: number
}

const passNode = (turn: Turn, node: Node, arrival: Arrival, out: readonly Edge[]): readonly Edge[] => {
  // The start needs no fact: `created` and `restarted` say it; the last end neither, `ended` follows.
  if (node.type === 'start') return out
  record(turn, { t: 'passed', node: node.id, in: arrival.in, out, ...(arrival.pass === undefined ? {} : { pass: arrival.pass }) })
  return out
}

/** A choice by rules: at once where they are CEL, as a step with a script where one is JavaScript. */
const branch = (turn: Turn, node: Node, index: number, arrival: Arrival): readonly Edge[] => {
  const outgoing = graphOf(turn).net.outgoing[index] ?? []
  if (needsJavaScript(turn, outgoing)) {
    openStep(turn, node, arrival)
    return []
  }
  const choice = chooseOut(turn, node, outgoing)
  if (choice.ok) return passNode(turn, node, arrival, choice.value)
  const n = openStep(turn, node, { ...arrival, isBlank: true })
  openIncident(turn, n, choice.error)
  return []
}

/** G7: nothing is left to move. Tokens that rest before a join nobody can complete are a defect of the model, not an end. */
export const endIfDone = (turn: Turn): void => {
  const { state } = turn
  if (state.status !== 'RUNNING') return
  for (const _ in state.steps) return
  for (const _ in state.tokens) return
  endRun(turn, { status: 'COMPLETED' })
}
