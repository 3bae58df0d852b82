import type { Duration } from './duration.ts'

/**
 * How often a task is tried: the n-th wait is `initial` times `factor` to the power n-1, at most `max`, changed by chance by up to
 * `jitter` of itself.
 */
export interface Retry {
  /** Tries in all, the first included; 1 = no second try. */
  readonly attempts: number
  /** Wait before the second try; default 1 s. */
  readonly initial?: Duration
  /** Default 2. */
  readonly factor?: number
  /** Longest wait; default 10 min. */
  readonly max?: Duration
  /** 0 to 1; default 0.2. */
  readonly jitter?: number
  /** Codes that are not tried again. */
  readonly nonRetryable?: readonly string[]
}
