import type { RunInput } from '../input.ts'
import { Refusal } from '../refusal.ts'
import { isFinal } from '../status.ts'
import { by, effect, type Turn } from '../turn.ts'
import { endRun } from './end.ts'

/** Ends at once: attempts are told to stop and not waited for. */
export const terminate = (turn: Turn, input: Extract<RunInput, { kind: 'terminate' }>): void => {
  const { status, id } = turn.state
  if (isFinal(status)) throw new Refusal('WRONG_STATUS', `Cannot terminate instance ${id}: it is ${status} already.`)
  for (const step of Object.values(turn.state.steps)) {
    if (step.wait.kind === 'child' && step.incident === undefined) effect(turn, { kind: 'tell', instance: step.wait.child, input })
  }
  endRun(turn, { status: 'ABORTED', ...(input.reason === undefined ? {} : { reason: input.reason }), by: by(input.by) })
}
