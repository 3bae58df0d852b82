import type { Failure, State } from '@millrace/kernel'
import { isFinal } from '@millrace/kernel'
import type { BatchAction } from '@millrace/protocol'

/** What became of a row whose command was accepted. */
export type Outcome = { readonly state: 'running' | 'done' } | { readonly state: 'failed'; readonly problem: Failure }

const RUNNING: Outcome = { state: 'running' }
const DONE: Outcome = { state: 'done' }

/**
 * A retry is done when its step is over or waits for something else, failed when it is an incident again, and running until its attempts are over. Everything
 * else is done with its commit.
 */
export const outcomeOf = (action: BatchAction, step: number | undefined, state: State | undefined): Outcome => {
  if (action !== 'retry' || state === undefined) return DONE
  if (isFinal(state.status))
    return state.status === 'FAILED' && state.error !== undefined ? { state: 'failed', problem: state.error } : DONE
  return step === undefined ? ofCode(state) : ofStep(state, step)
}

const ofCode = (state: State): Outcome => {
  if (state.incident !== undefined) return { state: 'failed', problem: problemOf(state.incident) }
  return state.code?.delivering === undefined ? DONE : RUNNING
}

const ofStep = (state: State, n: number): Outcome => {
  const step = state.steps[n]
  if (step === undefined) return DONE
  if (step.incident !== undefined) return { state: 'failed', problem: problemOf(step.incident) }
  // Between two tries of its policy it may still succeed; a task that has returned and waits for its callback has.
  return step.wait.kind === 'task' && step.wait.awaitsCallback !== true ? RUNNING : DONE
}

const problemOf = ({ atMs: _, ...failure }: Failure & { readonly atMs: number }): Failure => failure
