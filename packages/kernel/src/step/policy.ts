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

/** Waits for its next poll, not for another try: the last attempt was answered, and the policy counts from the next one. */
export const isPolling = ({ retryAtMs, policyFrom, attempt }: TaskWait): boolean => retryAtMs !== undefined && policyFrom === attempt + 1

/** Longest wait a failure may ask for; a longer one would park the step beyond what its author can foresee. */
const LONGEST_ASKED_MS = 24 * 60 * 60_000

/**
 * When the next try starts; undefined when the policy is exhausted or the error is final. A failure with `details.retryAfterMs` (the `Retry-After` of a web
 * service) is not tried before that, however short the policy's own wait is: `asked` tells that it was longer.
 */
export const nextTryAtMs = (
  policy: RetryPolicy,
  failed: { readonly attempt: number; readonly policyFrom?: number; readonly error: Failure; readonly nowMs: number; readonly key: string },
): { readonly atMs: number; readonly asked?: true } | undefined => {
  const tries = failed.attempt - (failed.policyFrom ?? 1) + 1
  if (tries >= policy.attempts || failed.error.retryable === false || policy.nonRetryable.includes(failed.error.code)) return undefined
  const delay = Math.min(policy.initialMs * policy.factor ** (tries - 1), policy.maxMs)
  // Jitter without chance: the same step and attempt always wait the same time, different ones spread.
  const share = hash(`${failed.key}:${failed.attempt}`) / 0xffff_ffff
  const own = delay * (1 + (share * 2 - 1) * policy.jitter)
  const askedMs = askedWaitMs(failed.error)
  if (askedMs <= own) return { atMs: Math.round(failed.nowMs + own) }
  // Never before what was asked; after it they spread too, or all that were turned away would come back at once.
  return { atMs: Math.round(failed.nowMs + askedMs + delay * share * policy.jitter), asked: true }
}

const askedWaitMs = ({ details }: Failure): number => {
  const asked = typeof details === 'object' && details !== null && 'retryAfterMs' in details ? details.retryAfterMs : undefined
  return typeof asked === 'number' && asked > 0 ? Math.min(asked, LONGEST_ASKED_MS) : 0
}

/** FNV-1a, 32 bits. */
const hash = (text: string): number => {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0
  return value
}
