import type { Replay } from '../code/replay.ts'
import { begin } from '../graph/open-step.ts'
import type { RunInput } from '../input.ts'
import { record, type Turn } from '../turn.ts'
import { beginRun } from './start.ts'

/** Locks were granted to a queued run. */
export const admit = (turn: Turn): void => {
  if (turn.state.status !== 'QUEUED') return
  const { replay } = turn.state
  record(turn, { t: 'admitted' })
  goOn(turn, replay)
}

/** The time of a scheduled start has come: a request for its locks like any other. */
export const fallDue = (turn: Turn, input: Extract<RunInput, { kind: 'fall-due' }>): void => {
  if (turn.state.status !== 'SCHEDULED') return
  if (input.status === 'QUEUED') return record(turn, { t: 'queued' })
  record(turn, { t: 'admitted' })
  goOn(turn)
}

/** From the start, or from where the last run was left. */
export const goOn = (turn: Turn, replay?: Replay): void => {
  for (const { call, node, wait } of replay?.reopen ?? []) {
    const step = turn.state.lastStep + 1
    record(turn, { t: 'opened', step, node, call, wait, again: true })
    begin(turn, step)
  }
  const nodes = turn.state.left?.nodes
  if (nodes === undefined) return beginRun(turn)
  for (const node of nodes) turn.agenda.push({ kind: 'node', node })
}
