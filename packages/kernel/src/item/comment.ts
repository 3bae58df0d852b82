import type { WorkItemInput } from '../input.ts'
import { by, record, type Turn, waitingStep } from '../turn.ts'

/** Adds to the thread; allowed for everybody who sees the item, also while it is suspended. */
export const comment = (turn: Turn, input: Extract<WorkItemInput, { kind: 'comment' }>): void => {
  const step = waitingStep(turn, input.step, 'work-item')
  record(turn, { t: 'commented', step: step.n, text: input.text, ...by(input.by) })
}
