import type { By } from '../fact.ts'
import type { Step } from '../step.ts'
import { effect, record, type Turn } from '../turn.ts'
import { SYSTEM } from '../values.ts'

/** Takes a step away before it is complete: its work item leaves the inboxes, its attempt is told to stop, its child is cancelled. */
export const withdraw = (turn: Turn, step: Step, reason: string, by: By = {}): void => {
  stopWork(turn, step, reason)
  record(turn, { t: 'withdrawn', step: step.n, reason, ...by })
}

/** Tells whatever works for the step to stop. */
export const stopWork = (turn: Turn, step: Step, reason: string): void => {
  if (isAttemptRunning(step)) effect(turn, { kind: 'abort', step: step.n })
  if (step.wait.kind === 'child' && step.incident === undefined) {
    effect(turn, { kind: 'tell', instance: step.wait.child, input: { kind: 'cancel', by: SYSTEM, reason } })
  }
}

/** An attempt is at work right now (not waiting for its retry, its callback or an administrator). */
export const isAttemptRunning = (step: Step): boolean =>
  step.wait.kind === 'task' && step.incident === undefined && step.wait.retryAtMs === undefined && step.wait.awaitsCallback === undefined
