import { outOf } from '../graph/leave.ts'
import type { StepInput } from '../input.ts'
import { transitionAt } from '../program.ts'
import { Refusal } from '../refusal.ts'
import { by, graphOf, record, stepIsOver, stepOf, type Turn } from '../turn.ts'
import { closeStep, isSettled, resultData } from './close.ts'
import { assertFits } from './misfit.ts'
import { nodeOf } from './start-attempt.ts'
import { stopWork } from './withdraw.ts'

/** An operator completes a step without its work: a failed one, one that waits for a callback, or any other that stands in the way. */
export const skip = (turn: Turn, input: Extract<StepInput, { kind: 'skip' }>): void => {
  if (turn.state.status !== 'RUNNING') {
    throw new Refusal(
      'WRONG_STATUS',
      `Cannot skip a step of instance ${turn.state.id}: it is ${turn.state.status}. Only a running instance goes on.`,
    )
  }
  const step = stepOf(turn, input.step)
  if (isSettled(turn.state, step.n)) throw stepIsOver(turn, step.n)
  const node = nodeOf(turn, step)
  const out = node === undefined || step.isSide === true ? undefined : skipOut(turn, node, input.route)
  const given = node?.type === 'process' ? resultData(node, input.output) : {}
  assertFits(turn, step, given.data)
  if (step.incident !== undefined) record(turn, { t: 'incident-resolved', step: step.n, how: 'skipped', ...by(input.by) })
  stopWork(turn, step, 'An operator skipped the step.')
  closeStep(turn, step, {
    skipped: true,
    by: by(input.by),
    ...(input.route === undefined ? {} : { route: input.route }),
    ...(input.output === undefined ? {} : { output: input.output }),
    ...given,
    ...(out === undefined ? {} : { out }),
  })
}

/** Where several transitions leave the node the operator names one: its route, or the node it leads to. */
const skipOut = (turn: Turn, node: NonNullable<ReturnType<typeof nodeOf>>, route: string | undefined): readonly number[] => {
  const program = graphOf(turn)
  const outgoing = program.net.outgoing[program.net.indexOf.get(node.id) ?? -1] ?? []
  if (outgoing.length <= 1 || node.type === 'and-split') return outgoing
  const names = outgoing.map((edge) => transitionAt(program, edge).route?.name ?? transitionAt(program, edge).to)
  if (route === undefined) {
    if (outgoing.some((edge) => transitionAt(program, edge).default === true)) return outOf(turn, node)
    throw new Refusal('ROUTE_REQUIRED', `Skipping ${node.title} needs a route: ${names.join(', ')}.`, { routes: names })
  }
  const chosen = outgoing[names.indexOf(route)]
  if (chosen === undefined)
    throw new Refusal('ROUTE_UNKNOWN', `${node.title} has no route ${route}; it has ${names.join(', ')}.`, { routes: names })
  return [chosen]
}
