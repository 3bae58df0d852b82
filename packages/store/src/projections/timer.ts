/** When something of an instance falls due: deadlines of steps, sleeps, retries, a scheduled start, the end of a cancel's grace. */
import { ownTimerMs, type State, type Step } from '@millrace/kernel'
import type { InstanceChange } from '@millrace/protocol'
import { type StepChange, timersRun } from './touched.ts'

export interface TimerRow {
  /** 0 = the instance itself. */
  readonly step: number
  /** Index of the deadline in the node; absent = the step's own. */
  readonly timeout?: number
  readonly dueAtMs: number
}

export interface TimerChanges {
  readonly drop: readonly TimerRow[]
  readonly put: readonly TimerRow[]
}

const NONE: readonly TimerRow[] = []

/** Timers of one step; none while the instance does not run. */
const timersOf = (step: Step | undefined, isRunning: boolean): readonly TimerRow[] => {
  if (step === undefined || !isRunning) return NONE
  const own = ownTimerMs(step)
  if (step.timers === undefined || step.timers.length === 0) return own === undefined ? NONE : [{ step: step.n, dueAtMs: own }]
  const deadlines = step.timers.map(({ timeout, dueAtMs }) => ({ step: step.n, timeout, dueAtMs }))
  return own === undefined ? deadlines : [{ step: step.n, dueAtMs: own }, ...deadlines]
}

const instanceTimers = (state: State | undefined): readonly TimerRow[] => {
  if (state?.status === 'SCHEDULED' && state.startAtMs !== undefined) return [{ step: 0, dueAtMs: state.startAtMs }]
  if (state?.status === 'CANCELLING' && state.cancelByMs !== undefined) return [{ step: 0, dueAtMs: state.cancelByMs }]
  return NONE
}

/** What a tick changed among an instance's timers. */
export const timerChanges = (change: InstanceChange, steps: readonly StepChange[]): TimerChanges => {
  const drop: TimerRow[] = []
  const put: TimerRow[] = []
  const compare = (before: readonly TimerRow[], after: readonly TimerRow[]) => {
    if (before.length === 0 && after.length === 0) return
    for (const row of before) if (!after.some((other) => isSame(row, other))) drop.push(row)
    for (const row of after) if (!before.some((other) => isSame(row, other))) put.push(row)
  }
  if (change.before?.status !== change.after.status) compare(instanceTimers(change.before), instanceTimers(change.after))
  for (const { before, after } of steps) compare(timersOf(before, timersRun(change.before)), timersOf(after, timersRun(change.after)))
  return { drop, put }
}

const isSame = (a: TimerRow, b: TimerRow): boolean => a.step === b.step && a.timeout === b.timeout && a.dueAtMs === b.dueAtMs
