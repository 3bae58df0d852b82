import type { WorkItemInput } from '../input.ts'
import { Refusal } from '../refusal.ts'
import { by, record, type Turn } from '../turn.ts'
import { personOf } from '../values.ts'
import { assertMayDecide, mayGiveBack, openItem } from './access.ts'

/** Takes the item for oneself. Claiming what one has already claimed changes nothing. */
export const claim = (turn: Turn, input: Extract<WorkItemInput, { kind: 'claim' }>): void => {
  const step = openItem(turn, input)
  if (step.wait.assignee === personOf(input.by) && step.wait.claimedAtMs !== undefined) return
  assertMayDecide(turn, input.by, step)
  record(turn, { t: 'claimed', step: step.n, ...by(input.by) })
}

/** Gives the item back to its candidates. */
export const unclaim = (turn: Turn, input: Extract<WorkItemInput, { kind: 'unclaim' }>): void => {
  const step = openItem(turn, input)
  const { assignee, title } = step.wait
  if (assignee === undefined) throw new Refusal('WRONG_STATUS', `"${title}" is not claimed by anybody.`)
  if (assignee !== personOf(input.by) && !input.by.isOperator)
    throw new Refusal('ITEM_CLAIMED', `"${title}" is with ${assignee}; only they or an operator can give it back.`, { assignee })
  if (!mayGiveBack(step.wait)) {
    throw new Refusal(
      'WRONG_STATUS',
      `"${title}" is assigned to ${assignee} alone: there is nobody to give it back to. Delegate it instead.`,
    )
  }
  record(turn, { t: 'unclaimed', step: step.n, ...by(input.by) })
}
