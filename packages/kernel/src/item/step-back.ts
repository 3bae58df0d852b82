import { tokensBeside } from '../graph/begin-at.ts'
import type { WorkItemInput } from '../input.ts'
import { indexOf, type Program } from '../program.ts'
import { Refusal } from '../refusal.ts'
import type { State } from '../state.ts'
import { withdraw } from '../step/withdraw.ts'
import type { Step } from '../step.ts'
import { by, record, type Turn } from '../turn.ts'
import { assertMayDecide, openItem } from './access.ts'

/**
 * Participant nodes decided before in this run, newest first: where a person may send the item back to. Not into parallel branches that have joined since:
 * the others would not come again.
 */
export const backNodes = (state: State, node: string, program: Program | undefined): readonly string[] =>
  Object.keys(state.decidedBy)
    .filter((each) => each !== node && program?.kind === 'graph' && tokensBeside(program.net, indexOf(program, each)).length === 0)
    .reverse()

const otherBranches = ({ steps }: State, step: Step): readonly Step[] =>
  Object.values(steps).filter((each) => each.n !== step.n && each.isSide !== true)

/** The item can be sent back now, to the first of `backNodes`. */
export const mayGoBack = (state: State, step: Step, program: Program | undefined): boolean =>
  step.call === undefined &&
  backNodes(state, step.node, program).length > 0 &&
  otherBranches(state, step).length === 0 &&
  Object.keys(state.tokens).length === 0

/**
 * Sends the work back to a node a person decided before; data stays as it is. Refused while other branches run: their tokens would meet the ones that
 * come again.
 */
export const stepBack = (turn: Turn, input: Extract<WorkItemInput, { kind: 'step-back' }>): void => {
  const step = openItem(turn, input)
  assertMayDecide(turn, input.by, step)
  const nodes = backNodes(turn.state, step.node, turn.env.program)
  const to = input.to ?? nodes[0]
  if (step.call !== undefined || to === undefined || !nodes.includes(to)) {
    const where =
      nodes.length === 0 ? 'nobody decided a step before it that is outside of parallel branches' : `it can go back to ${nodes.join(', ')}`
    throw new Refusal('NO_WAY_BACK', `"${step.wait.title}" cannot go back${to === undefined ? '' : ` to ${to}`}: ${where}.`, { nodes })
  }
  const others = otherBranches(turn.state, step)
  if (others.length > 0 || Object.keys(turn.state.tokens).length > 0) {
    throw new Refusal(
      'NO_WAY_BACK',
      `"${step.wait.title}" cannot go back while other branches are open: ${others.map((each) => each.node).join(', ') || 'a join waits'}.`,
    )
  }
  if (input.comment !== undefined) record(turn, { t: 'commented', step: step.n, text: input.comment, ...by(input.by) })
  withdraw(turn, step, `Sent back to ${to}.`, by(input.by))
  turn.agenda.push({ kind: 'node', node: to })
}
