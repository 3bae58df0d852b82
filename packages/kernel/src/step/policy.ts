import { addDuration, type Node } from '@millrace/model'
import type { RetryPolicy, Step, TaskWait } from '../step.ts'
import type { Failure } from '../values.ts'

/** Used where the author says nothing: three tries, waiting 1 s and 2 s. */
export const DEFAULT_RETRY: RetryPolicy = { attempts: 3, initialMs: 1_000, factor: 2, maxMs: 600_000, jitter: 0.2, nonRetryable: [] }

/** Retry policy of a step: the node's, or the call's. */
export const policyOf = (step: Step & { readonly wait: TaskWait }, node: Node | undefined): RetryPolicy => {
  if (step.wait.retry !== undefined) return step.wait.retry
  const retry = node?.type === 'process' && step.isSide !== true ? node.retry : undefined
  if (retry === undefined) return DEFAULT_RETRY
  return {
    attempts: retry.attempts,
    initialMs: retry.initial === undefined ? DEFAULT_RETRY.initialMs : addDuration(0, retry.initial),
    factor: retry.factor ?? DEFAULT_RETRY.factor,
    maxMs: retry.max === undefined ? DEFAULT_RETRY.maxMs : addDuration(0, retry.max),
    jitter: retry.jitter ?? DEFAULT_RETRY.jitter,
    nonRetryable: retry.nonRetryable ?? [],
  }
}

/** When the next try starts; undefined when the policy is exhausted or the error is final. */
export const nextTryAtMs = (
  policy: RetryPolicy,
  failed: { readonly attempt: number; readonly policyFrom?: number; readonly error: Failure; readonly nowMs: number; readonly key: string },
): number | undefined => {
  const tries = failed.attempt - (failed.policyFrom ?? 1) + 1
  if (tries >= policy.attempts || failed.error.retryable === false || policy.nonRetryable.includes(failed.error.code)) return undefined
  const delay = Math.min(policy.initialMs * policy.factor ** (tries - 1), policy.maxMs)
  // Jitter without chance: the same step and attempt always wait the same time, different ones spread.
  const spread = (hash(`${failed.key}:${failed.attempt}`) / 0xffff_ffff) * 2 - 1
  return Math.round(failed.nowMs + delay * (1 + spread * policy.jitter))
}

/** FNV-1a, 32 bits. */
const hash = (text: string): number => {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0
  return value
}
