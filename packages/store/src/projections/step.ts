/**
 * Open steps that rest: on a timer, a message, a callback, a child, a retry or an incident. Work items have rows of their own, and a running attempt has
 * none at all: it is gone in a moment, and the state says it.
 */
import { isAttemptRunning, type Step } from '@millrace/kernel'
import type { StepChange } from './touched.ts'

export interface StepRow {
  readonly step: number
  readonly node: string
  readonly openedAtMs: number
  /** Set where the step waits for a message. */
  readonly message?: { readonly name: string; readonly key?: string }
}

export const stepRow = (step: Step | undefined): StepRow | undefined => {
  if (step === undefined || step.wait.kind === 'work-item' || isAttemptRunning(step)) return undefined
  const { wait } = step
  const row = { step: step.n, node: step.node, openedAtMs: step.openedAtMs }
  if (wait.kind !== 'message') return row
  return { ...row, message: { name: wait.name, ...(wait.key === undefined ? {} : { key: wait.key }) } }
}

/** Attempts begun minus attempts over: what a host must pick up again after a crash is counted, not listed. */
export const attemptsBegun = (steps: readonly StepChange[]): number => {
  let begun = 0
  for (const { before, after } of steps) {
    if (after !== undefined && isAttemptRunning(after)) begun++
    if (before !== undefined && isAttemptRunning(before)) begun--
  }
  return begun
}
