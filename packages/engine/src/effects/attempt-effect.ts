import { attemptKey, type Effect, type State, type Step } from '@millrace/kernel'

/** The attempt a step stands at, as an effect: for work that is taken up again after a restart. */
export const attemptEffect = (state: State, step: Step): Extract<Effect, { readonly kind: 'attempt' }> => {
  const { wait } = step
  if (wait.kind !== 'task') throw new Error(`Step ${step.n} of instance ${state.id} runs no task.`)
  return {
    kind: 'attempt',
    step: step.n,
    attempt: wait.attempt,
    task: wait.task,
    key: attemptKey(state.id, step.n),
    ...(wait.input === undefined ? {} : { input: wait.input }),
    ...(wait.attemptTimeoutMs === undefined ? {} : { timeoutMs: wait.attemptTimeoutMs }),
    ...(wait.heartbeat === undefined ? {} : { heartbeat: wait.heartbeat }),
  }
}
