import type { Replay } from '../code/replay.ts'
import { begin } from '../graph/open-step.ts'
import type { RunInput } from '../input.ts'
import { effect, record, type Turn } from '../turn.ts'
import type { Failure } from '../values.ts'
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
  for (const kept of replay?.reopen ?? []) reopen(turn, kept)
  const nodes = turn.state.left?.nodes
  if (nodes === undefined) return beginRun(turn)
  for (const node of nodes) turn.agenda.push({ kind: 'node', node })
}

/** A call of the kept journal that had no result waits anew. Its child was withdrawn with the run, so it gets another. */
const reopen = (turn: Turn, { call, node, wait }: Replay['reopen'][number]): void => {
  const step = turn.state.lastStep + 1
  const opened = { t: 'opened', step, node, call, again: true } as const
  if (wait.kind !== 'child') {
    record(turn, { ...opened, wait })
    return begin(turn, step)
  }
  const child = turn.env.newId()
  record(turn, { ...opened, wait: { ...wait, child } })
  if (wait.start !== undefined) return effect(turn, { kind: 'start-child', step, start: { ...wait.start, id: child } })
  record(turn, { t: 'held', input: { kind: 'settle', step, error: startUnknown(wait.workflow) } })
}

/** Older histories do not say it; waiting for a child that nobody starts would be for ever. */
const startUnknown = (workflow: string): Failure => ({
  code: 'CHILD_FAILED',
  message: `The history does not say what child ${workflow} was started with, so it cannot be started anew. Restart from an earlier step.`,
})
