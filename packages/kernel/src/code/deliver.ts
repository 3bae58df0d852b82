import { effect, type Turn } from '../turn.ts'

/** Sends the function what the state says is on its way: its start, or one result. */
export const deliver = (turn: Turn): void => {
  const delivery = turn.state.code?.delivering
  if (delivery !== undefined) effect(turn, { kind: 'deliver', delivery })
}
