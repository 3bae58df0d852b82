import type { RunInput } from '../input.ts'
import { Refusal } from '../refusal.ts'
import { by, effect, record, type Turn } from '../turn.ts'

/** Stops the instance where it is. Running attempts finish, their results wait; children are suspended with it. */
export const suspend = (turn: Turn, input: Extract<RunInput, { kind: 'suspend' }>): void => {
  const { status, id } = turn.state
  if (status !== 'RUNNING')
    throw new Refusal('WRONG_STATUS', `Cannot suspend instance ${id}: it is ${status}. Only a running instance can be suspended.`)
  record(turn, { t: 'suspended', ...(input.reason === undefined ? {} : { reason: input.reason }), ...by(input.by) })
  for (const step of Object.values(turn.state.steps)) {
    if (step.wait.kind === 'child' && step.incident === undefined) effect(turn, { kind: 'tell', instance: step.wait.child, input })
  }
}
