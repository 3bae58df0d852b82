import type { RunInput } from '../input.ts'
import { Refusal } from '../refusal.ts'
import { isFinal } from '../status.ts'
import { isAttemptRunning, stopWork, withdraw } from '../step/withdraw.ts'
import { by, effect, record, type Turn } from '../turn.ts'
import { endRun, leftOf } from './end.ts'

/** Time a running attempt has to stop after its abort, before the run ends without it. */
export const CANCEL_GRACE_MS = 30_000

/** Ends orderly: what waits is withdrawn now, running attempts and children get their abort and a limited time, then ABORTED. */
export const cancel = (turn: Turn, input: Extract<RunInput, { kind: 'cancel' }>): void => {
  const { status, id } = turn.state
  if (isFinal(status)) throw new Refusal('WRONG_STATUS', `Cannot cancel instance ${id}: it is ${status} already.`)
  if (status === 'CANCELLING')
    throw new Refusal('WRONG_STATUS', `Instance ${id} is being cancelled already. Terminate it to end it at once.`)
  const reason = input.reason === undefined ? {} : { reason: input.reason }
  if (status === 'QUEUED' || status === 'SCHEDULED') return endRun(turn, { status: 'ABORTED', ...reason, by: by(input.by) })
  const left = leftOf(turn)
  record(turn, {
    t: 'cancelling',
    untilMs: turn.env.nowMs + CANCEL_GRACE_MS,
    ...reason,
    ...(left === undefined ? {} : { left }),
    ...by(input.by),
  })
  if (turn.state.kind === 'code') effect(turn, { kind: 'forget' })
  for (const step of Object.values(turn.state.steps)) {
    if (isAttemptRunning(step) || (step.wait.kind === 'child' && step.incident === undefined))
      stopWork(turn, step, input.reason ?? 'The parent was cancelled.')
    else withdraw(turn, step, 'The instance was cancelled.', by(input.by))
  }
  finishCancel(turn)
}

/** ABORTED as soon as nothing runs any more. */
export const finishCancel = (turn: Turn): void => {
  if (turn.state.status !== 'CANCELLING') return
  for (const _ in turn.state.steps) return
  endRun(turn, { status: 'ABORTED', ...(turn.state.reason === undefined ? {} : { reason: turn.state.reason }) })
}

/** The limited time is over. */
export const giveUpCancel = (turn: Turn): void => {
  const { status, cancelByMs } = turn.state
  if (status !== 'CANCELLING' || cancelByMs === undefined || cancelByMs > turn.env.nowMs) return
  endRun(turn, { status: 'ABORTED', ...(turn.state.reason === undefined ? {} : { reason: turn.state.reason }) })
}
