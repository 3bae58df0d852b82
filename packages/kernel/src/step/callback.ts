import type { StepInput } from '../input.ts'
import { Refusal } from '../refusal.ts'
import type { Step } from '../step.ts'
import { record, stepOf, type Turn } from '../turn.ts'
import type { Data, JsonValue } from '../values.ts'
import { closeStep, resultData } from './close.ts'
import { assertFits } from './misfit.ts'
import { nodeOf } from './start-attempt.ts'

/** A callback arrived. One that comes before the task has returned is kept (DESIGN 8.2). */
export const callback = (turn: Turn, input: Extract<StepInput, { kind: 'callback' }>): void => {
  const { step, given } = acceptCallback(turn, input)
  if (step.wait.kind === 'task' && step.wait.awaitsCallback !== true) return record(turn, { t: 'callback', step: step.n, body: input.body })
  closeStep(turn, step, { output: input.body, ...given })
}

/** What a callback brings to its step. Whoever calls is there to be told, also while SUSPENDED. @throws Refusal when it cannot be taken */
export const acceptCallback = (
  turn: Turn,
  input: Extract<StepInput, { kind: 'callback' }>,
): { readonly step: Step; readonly given: { readonly data?: Data } } => {
  const step = stepOf(turn, input.step)
  const node = nodeOf(turn, step)
  const given =
    step.wait.kind === 'callback' && step.incident === undefined
      ? waitResult(node?.type === 'wait' ? node.result : undefined, input.body)
      : step.wait.kind === 'task' && node?.type === 'process' && !node.autoAdvance
        ? resultData(node, input.body)
        : undefined
  if (given === undefined) throw new Refusal('WRONG_STATUS', `Step ${step.n} of instance ${turn.state.id} does not wait for a callback.`)
  assertFits(turn, step, given.data)
  return { step, given }
}

export const waitResult = (result: string | undefined, body: JsonValue): { readonly data?: Data } =>
  result === undefined ? {} : { data: { [result]: body } }
