import type { StepInput } from '../input.ts'
import { finishCancel } from '../run/cancel.ts'
import { record, type Turn } from '../turn.ts'
import type { JsonValue } from '../values.ts'
import { closeStep } from './close.ts'
import { openIncident } from './incident.ts'
import { nodeOf } from './start-attempt.ts'

/** The child of a container or of `run.start` is over. */
export const childEnded = (turn: Turn, input: Extract<StepInput, { kind: 'child-ended' }>): void => {
  const step = turn.state.steps[input.step]
  if (step?.wait.kind !== 'child' || step.wait.child !== input.child) return
  if (turn.state.status === 'CANCELLING') {
    record(turn, { t: 'withdrawn', step: step.n, reason: 'The instance was cancelled; the result of its child is ignored.' })
    return finishCancel(turn)
  }
  if (input.status === 'COMPLETED') {
    const node = nodeOf(turn, step)
    const output: JsonValue = input.output ?? input.data
    return closeStep(turn, step, {
      output,
      ...(node?.type === 'container' && node.result !== undefined ? { data: { [node.result]: output } } : {}),
    })
  }
  const error = {
    code: 'CHILD_FAILED',
    message: `Child instance ${input.child} is ${input.status}${input.error === undefined ? '' : `: ${input.error.message}`}. Retry starts a new child; skip goes on without one.`,
    details: { child: input.child, status: input.status },
  }
  if (step.call !== undefined) return closeStep(turn, step, { error })
  openIncident(turn, step.n, error)
}

/** The child could not be started: no such workflow, bad data, a lock. */
export const childRefused = (turn: Turn, input: Extract<StepInput, { kind: 'child-refused' }>): void => {
  const step = turn.state.steps[input.step]
  if (step?.wait.kind !== 'child') return
  if (step.call !== undefined) return closeStep(turn, step, { error: input.error })
  openIncident(turn, step.n, input.error)
}
