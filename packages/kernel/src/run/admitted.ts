import type { RunInput } from '../input.ts'
import { record, type Turn } from '../turn.ts'
import { beginRun } from './start.ts'

/** Locks were granted to a queued run. */
export const admit = (turn: Turn): void => {
  if (turn.state.status !== 'QUEUED') return
  record(turn, { t: 'admitted' })
  goOn(turn)
}

/** The time of a scheduled start has come: a request for its locks like any other. */
export const fallDue = (turn: Turn, input: Extract<RunInput, { kind: 'fall-due' }>): void => {
  if (turn.state.status !== 'SCHEDULED') return
  if (input.status === 'QUEUED') return record(turn, { t: 'queued' })
  record(turn, { t: 'admitted' })
  goOn(turn)
}

/** From the start, or from where the last run was left. */
export const goOn = (turn: Turn): void => {
  const nodes = turn.state.left?.nodes
  if (nodes === undefined) return beginRun(turn)
  for (const node of nodes) turn.agenda.push({ kind: 'node', node })
}
