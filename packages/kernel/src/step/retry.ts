import { deliver } from '../code/deliver.ts'
import { reopenStep } from '../graph/open-step.ts'
import type { StepInput } from '../input.ts'
import { Refusal } from '../refusal.ts'
import { setData } from '../run/set-data.ts'
import type { Step } from '../step.ts'
import { by, effect, record, stepOf, type Turn } from '../turn.ts'
import { nodeOf, startAttempt } from './start-attempt.ts'

/** An administrator tries again: an incident of a step or of the whole code, or a retry that is still waiting. */
export const retry = (turn: Turn, input: Extract<StepInput, { kind: 'retry' }>): void => {
  if (turn.state.status !== 'RUNNING') {
    throw new Refusal(
      'WRONG_STATUS',
      `Cannot retry in instance ${turn.state.id}: it is ${turn.state.status}. Resume it, or restart it from a step.`,
    )
  }
  if (input.data !== undefined) setData(turn, { kind: 'set-data', by: input.by, data: input.data })
  if (input.step === undefined) return retryInstance(turn, input)
  const step = stepOf(turn, input.step)
  if (step.incident === undefined) return retryNow(turn, step)
  record(turn, { t: 'incident-resolved', step: step.n, how: 'retried', ...by(input.by) })
  const node = nodeOf(turn, step)
  if (node === undefined || step.isSide === true) return nextAttempt(turn, step)
  reopenStep(turn, step.n, node)
}

const retryInstance = (turn: Turn, input: Extract<StepInput, { kind: 'retry' }>): void => {
  if (turn.state.incident !== undefined) {
    record(turn, { t: 'incident-resolved', how: 'retried', ...by(input.by) })
    effect(turn, { kind: 'forget' })
    return deliver(turn)
  }
  const failed = Object.values(turn.state.steps).filter((step) => step.incident !== undefined)
  if (failed.length === 0) throw new Refusal('WRONG_STATUS', `Nothing to retry in instance ${turn.state.id}: it has no incident.`)
  for (const step of failed) retry(turn, { kind: 'retry', by: input.by, step: step.n })
}

/** The retry that waits starts now. */
const retryNow = (turn: Turn, step: Step): void => {
  if (step.wait.kind !== 'task' || step.wait.retryAtMs === undefined) {
    throw new Refusal(
      'WRONG_STATUS',
      `Nothing to retry at step ${step.n} of instance ${turn.state.id}: it has neither an incident nor a waiting retry.`,
    )
  }
  nextAttempt(turn, step)
}

export const nextAttempt = (turn: Turn, step: Step): void => {
  if (step.wait.kind !== 'task') throw new Error(`Step ${step.n} runs no task.`)
  record(turn, { t: 'attempt-started', step: step.n, attempt: step.wait.attempt + 1 })
  startAttempt(turn, step.n)
}
