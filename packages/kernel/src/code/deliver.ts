import type { AnsweredDelivery } from '../input.ts'
import { effect, type Turn } from '../turn.ts'

/** Sends the function what the state says is on its way: its start, or one result. */
export const deliver = (turn: Turn): void => {
  const delivery = turn.state.code?.delivering
  if (delivery !== undefined) effect(turn, { kind: 'deliver', delivery })
}

/** Whether this is the answer to what is on its way to the function now; one that does not say is taken for it. */
export const isAnswer = (turn: Turn, of: AnsweredDelivery | undefined): boolean => {
  if (of === undefined) return true
  const { code, run } = turn.state
  if (code?.delivering === undefined) return false
  const call = code.delivering.kind === 'result' ? code.delivering.call : undefined
  return of.run === run && of.calls === code.calls && of.call === call
}
