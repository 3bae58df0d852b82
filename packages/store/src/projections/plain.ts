import { isAttemptRunning, type State, type Step } from '@millrace/kernel'
import type { InstanceChange } from '@millrace/protocol'
import type { StepChange } from './touched.ts'

/**
 * Whether a change concerns nothing but attempts: no person, timer, lock or incident before or after it. Most changes of busy hosts are like this, and all that is
 * written of them is facts and the instance's own row.
 */
export const isPlain = ({ before, after }: InstanceChange, steps: readonly StepChange[]): boolean =>
  after.locks.length === 0 && (before === undefined || isPlainState(before)) && isPlainState(after) && steps.every(isPlainStep)

const isPlainState = (state: State): boolean =>
  state.incident === undefined && state.status !== 'SCHEDULED' && state.status !== 'CANCELLING'

const isPlainStep = ({ before, after, known }: StepChange): boolean =>
  known.wait.kind === 'task' && (before === undefined || isPlainWait(before)) && (after === undefined || isPlainWait(after))

const isPlainWait = (step: Step): boolean => step.timers === undefined && isAttemptRunning(step)
