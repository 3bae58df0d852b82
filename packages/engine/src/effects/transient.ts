import { isFinal, type State } from '@millrace/kernel'

/**
 * Whether a transient instance must become persistent now (DESIGN 5.6): it met an AND split, a person, a callback, a wait, a child or an incident.
 * While it only runs one automatic step after another nothing of it is written.
 */
export const mustPersist = (state: State): boolean => {
  if (isFinal(state.status)) return false
  if (state.status !== 'RUNNING') return true
  const steps = Object.values(state.steps)
  if (steps.length !== 1 || Object.keys(state.tokens).length > 0) return true
  const [step] = steps
  return step?.wait.kind !== 'task' || step.wait.awaitsCallback === true || step.incident !== undefined
}
