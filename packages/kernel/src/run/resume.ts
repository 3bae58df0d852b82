import type { RunInput } from '../input.ts'
import { Refusal } from '../refusal.ts'
import { isFinal } from '../status.ts'
import type { Step } from '../step.ts'
import { by, effect, record, type Turn } from '../turn.ts'
import { startNextRun } from './restart.ts'

/**
 * Goes on. A suspended instance gets the results that waited, in the order they came, then its due timers in due order. An ended one begins its next run
 * where the last one was left.
 */
export const resume = (turn: Turn, input: Extract<RunInput, { kind: 'resume' }>): void => {
  const { status, id } = turn.state
  if (isFinal(status) && input.ifSuspended !== true) return resumeEnded(turn, input)
  if (status !== 'SUSPENDED')
    throw new Refusal(
      'WRONG_STATUS',
      `Cannot resume instance ${id}: it is ${status}. Only a suspended or an ended instance can be resumed.`,
    )
  record(turn, { t: 'resumed', ...by(input.by) })
  for (const step of Object.values(turn.state.steps)) {
    // An incident means that there is no child any more, or never was one.
    if (step.wait.kind !== 'child' || step.incident !== undefined) continue
    effect(turn, { kind: 'tell', instance: step.wait.child, input: { kind: 'resume', by: input.by, ifSuspended: true } })
  }
  for (const _ of turn.state.held) turn.agenda.push({ kind: 'held' })
  fireDueTimers(turn)
}

const resumeEnded = (turn: Turn, input: Extract<RunInput, { kind: 'resume' }>): void => {
  const { status, id, left, kind } = turn.state
  if (status === 'COMPLETED')
    throw new Refusal('WRONG_STATUS', `Cannot resume instance ${id}: it is COMPLETED. Start a new one, or restart it from a step.`)
  if (kind === 'code' || left === undefined) {
    throw new Refusal(
      'WRONG_STATUS',
      `Cannot resume instance ${id}: its run ended as ${status} with nothing left to go on with. Restart it from the start.`,
    )
  }
  startNextRun(turn, { by: input.by, from: left.nodes, tokens: left.tokens, data: turn.state.data, status: input.status ?? 'RUNNING' })
}

interface Due {
  readonly atMs: number
  readonly step: number
  readonly timeout?: number
}

const fireDueTimers = (turn: Turn): void => {
  const due = Object.values(turn.state.steps).flatMap((step) => dueOf(step, turn.env.nowMs))
  due.sort((a, b) => a.atMs - b.atMs || a.step - b.step)
  for (const { step, timeout } of due) {
    turn.agenda.push({ kind: 'input', input: { kind: 'timer', step, ...(timeout === undefined ? {} : { timeout }) } })
  }
}

const dueOf = (step: Step, nowMs: number): readonly Due[] => {
  const due: Due[] = (step.timers ?? []).map((each) => ({ atMs: each.dueAtMs, step: step.n, timeout: each.timeout }))
  const own = ownTimerMs(step)
  if (own !== undefined) due.push({ atMs: own, step: step.n })
  return due.filter((each) => each.atMs <= nowMs)
}

/** When the step itself goes on by time: a sleep, a retry, a poll, a limit. */
export const ownTimerMs = (step: Step): number | undefined => {
  const { wait } = step
  if (step.incident !== undefined) return undefined
  if (wait.kind === 'timer' || wait.kind === 'message') return wait.dueAtMs
  return wait.kind === 'task' ? wait.retryAtMs : undefined
}
