import type { StepInput } from '../input.ts'
import { Refusal } from '../refusal.ts'
import { record, stepOf, type Turn } from '../turn.ts'
import type { Data, JsonValue } from '../values.ts'
import { closeStep, resultData } from './close.ts'
import { assertFits } from './misfit.ts'
import { nodeOf } from './start-attempt.ts'

/** A callback arrived. One that comes before the task has returned is kept (DESIGN 8.2). */
export const callback = (turn: Turn, input: Extract<StepInput, { kind: 'callback' }>): void => {
  const step = stepOf(turn, input.step)
  const node = nodeOf(turn, step)
  if (step.incident === undefined && step.wait.kind === 'callback') {
    const given = waitResult(node?.type === 'wait' ? node.result : undefined, input.body)
    assertFits(turn, step, given.data)
    return closeStep(turn, step, { output: input.body, ...given })
  }
  if (step.wait.kind === 'task' && node?.type === 'process' && !node.autoAdvance) {
    assertFits(turn, step, resultData(node, input.body).data)
    if (step.wait.awaitsCallback === true) return closeStep(turn, step, { output: input.body, ...resultData(node, input.body) })
    return record(turn, { t: 'callback', step: step.n, body: input.body })
  }
  throw new Refusal('WRONG_STATUS', `Step ${step.n} of instance ${turn.state.id} does not wait for a callback.`)
}

export const waitResult = (result: string | undefined, body: JsonValue): { readonly data?: Data } =>
  result === undefined ? {} : { data: { [result]: body } }
