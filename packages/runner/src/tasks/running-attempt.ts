/**
 * One attempt as the host sees it. It is answered once, by whichever comes first: its outcome, its deadline, a missing heartbeat, its
 * cancellation, or the end of the process. What comes later is ignored.
 */
import type { Cancellation, TaskAttempt, TaskOutcome } from '@millrace/protocol'

export interface RunningAttemptOptions {
  readonly attempt: TaskAttempt
  /** Longest time between two heartbeats; absent = none are expected. */
  readonly heartbeatMs?: number
  /** Tells the task's function to stop. */
  readonly onAbort: (reason: string) => void
  /** Answered without a word from the process: it may not be able to speak. */
  readonly onUnanswered: () => void
}

export interface RunningAttempt {
  readonly attempt: TaskAttempt
  readonly outcome: Promise<TaskOutcome>
  answer(outcome: TaskOutcome): void
  beat(): void
  watch(cancellation: Cancellation): void
}

/** A cancelled attempt may clean up for so long. */
export const CANCEL_GRACE_MS = 5_000

/** Longest wait `setTimeout` keeps; a longer one fires at once. */
const MAX_TIMER_MS = 2 ** 31 - 1

export const createRunningAttempt = (options: RunningAttemptOptions): RunningAttempt => {
  const { attempt, heartbeatMs, onAbort, onUnanswered } = options
  const { promise: outcome, resolve } = Promise.withResolvers<TaskOutcome>()
  const timers = new Set<NodeJS.Timeout>()
  let beatTimer: NodeJS.Timeout | undefined
  let isAnswered = false

  const answer = (given: TaskOutcome) => {
    if (isAnswered) return
    isAnswered = true
    for (const timer of timers) clearTimeout(timer)
    clearTimeout(beatTimer)
    resolve(given)
  }
  const giveUp = (code: 'TIMED_OUT' | 'CANCELLED', message: string) => {
    if (isAnswered) return
    onAbort(message)
    answer({ ok: false, error: { code, message, retryable: code === 'TIMED_OUT' } })
    onUnanswered()
  }
  const beat = () => {
    if (heartbeatMs === undefined || isAnswered) return
    clearTimeout(beatTimer)
    beatTimer = setTimeout(
      () => giveUp('TIMED_OUT', `${attempt.task} gave no heartbeat for ${heartbeatMs} ms on try ${attempt.attempt}.`),
      Math.min(heartbeatMs, MAX_TIMER_MS),
    )
  }

  const { timeoutMs } = attempt
  if (timeoutMs !== undefined) {
    timers.add(
      setTimeout(
        () => giveUp('TIMED_OUT', `${attempt.task} took longer than ${timeoutMs} ms on try ${attempt.attempt}.`),
        Math.min(timeoutMs, MAX_TIMER_MS),
      ),
    )
  }
  beat()

  const cancel = () => {
    if (isAnswered) return
    const message = `${attempt.task} was told to stop.`
    onAbort(message)
    timers.add(setTimeout(() => giveUp('CANCELLED', message), CANCEL_GRACE_MS))
  }
  return {
    attempt,
    outcome,
    answer,
    beat,
    watch(cancellation) {
      if (cancellation.aborted) cancel()
      else cancellation.addEventListener('abort', cancel)
    },
  }
}
