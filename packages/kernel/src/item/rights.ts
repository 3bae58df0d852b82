/** What a person may do with a work item now: exactly what the commands would not refuse, so that console, API and kernel cannot differ (DESIGN 8.6). */
import type { Program } from '../program.ts'
import type { State } from '../state.ts'
import { isSettled } from '../step/close.ts'
import type { Step } from '../step.ts'
import { type Actor, personOf } from '../values.ts'
import { mayDecide, mayGiveBack } from './access.ts'
import { mayGoBack } from './step-back.ts'

export type ItemRight = 'comment' | 'complete' | 'delegate' | 'claim' | 'unclaim' | 'step-back'

/** Rights on the item of an open step, for somebody who may read it; none on a step that waits for no person. */
export const rightsOf = (state: State, step: Step, by: Actor, program: Program | undefined): readonly ItemRight[] => {
  const { wait } = step
  if (wait.kind !== 'work-item') return []
  if (state.status !== 'RUNNING' || step.incident !== undefined || isSettled(state, step.n)) return ['comment']
  const can: ItemRight[] = ['comment']
  const decides = mayDecide(by, wait)
  if (decides) can.push('complete')
  if (decides || by.isOperator) can.push('delegate')
  if (decides && wait.assignee === undefined) can.push('claim')
  if (mayGiveBack(wait) && (wait.assignee === personOf(by) || by.isOperator)) can.push('unclaim')
  if (decides && mayGoBack(state, step, program)) can.push('step-back')
  return can
}
