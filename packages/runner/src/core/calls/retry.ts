import type { RetryPolicy } from '@millrace/kernel'
import type { Retry } from '@millrace/workflow'
import { durationMs } from './duration.ts'

/** An author's retry policy with every value filled in. @throws Error when it has no number of attempts. */
export const retryPolicy = (retry: Retry, nowMs: number): RetryPolicy => {
  if (!Number.isInteger(retry.attempts) || retry.attempts < 1)
    throw new Error(`retry.attempts is ${String(retry.attempts)}: give the number of tries in all, from 1`)
  return {
    attempts: retry.attempts,
    initialMs: durationMs(retry.initial ?? 1_000, nowMs),
    factor: retry.factor ?? 2,
    maxMs: durationMs(retry.max ?? 600_000, nowMs),
    jitter: retry.jitter ?? 0.2,
    nonRetryable: retry.nonRetryable ?? [],
  }
}
