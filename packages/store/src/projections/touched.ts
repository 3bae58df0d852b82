/**
 * Which steps one tick touched. Projections are written for these only, read from the tick's facts: comparing whole states would make a split of
 * 1,000 branches cost 1,000 comparisons at every step of it.
 */
import type { Fact, State, Step } from '@millrace/kernel'
import type { InstanceChange } from '@millrace/protocol'

/** One step before and after a tick. Absent on both sides: it began and ended within the tick. */
export interface StepChange {
  readonly n: number
  readonly before?: Step | undefined
  readonly after?: Step | undefined
  /** The step as it was known last. */
  readonly known: Step
}

/** Steps touched by the facts of a change, in the order they were touched first. */
export const touchedSteps = (change: InstanceChange): readonly StepChange[] => {
  const steps: StepChange[] = []
  let seen: Set<number> | undefined
  const touch = (n: number) => {
    // A tick touches one or two steps nearly always; a Set is worth its price only beyond that.
    if (seen === undefined ? isAmong(steps, n) : seen.has(n)) return
    const step = stepChange(change, n)
    if (step === undefined) return
    steps.push(step)
    if (seen !== undefined) seen.add(n)
    else if (steps.length > FEW) seen = new Set(steps.map((each) => each.n))
  }
  let all = false
  for (const fact of change.facts) {
    const { step } = fact as { readonly step?: number }
    if (step !== undefined) touch(step)
    else if (TOUCHES_ALL.has(fact.t)) all = true
  }
  if (all) {
    for (const n in change.before?.steps) touch(Number(n))
    for (const n in change.after.steps) touch(Number(n))
  }
  return steps
}

/** Steps that are looked through one by one. */
const FEW = 8

const isAmong = (steps: readonly StepChange[], n: number): boolean => {
  for (const step of steps) if (step.n === n) return true
  return false
}

/** Facts after which what is stored of every open step may differ: timers rest while SUSPENDED, and a run that ends or begins leaves no step. */
const TOUCHES_ALL: ReadonlySet<Fact['t']> = new Set<Fact['t']>(['suspended', 'resumed', 'cancelling', 'ended', 'restarted'])

const stepChange = (change: InstanceChange, n: number): StepChange | undefined => {
  const before = change.before?.steps[n]
  const after = change.after.steps[n]
  const known = after ?? before ?? openedWithin(change.facts, n)
  return known === undefined ? undefined : { n, before, after, known }
}

/** A step that began and ended within the tick, as its facts describe it. */
const openedWithin = (facts: readonly Fact[], n: number): Step | undefined => {
  let step: Step | undefined
  for (const fact of facts) {
    if (fact.t === 'opened' && fact.step === n) step = { n, node: fact.node, openedAtMs: fact.at, wait: fact.wait }
    else if (fact.t === 'turned' && fact.step === n && step !== undefined) step = { ...step, wait: fact.wait }
  }
  return step
}

/** Deadlines and sleeps count only while the instance runs; while SUSPENDED the kernel keeps them and fires them at resume. */
export const timersRun = (state: State | undefined): boolean => state?.status === 'RUNNING'
