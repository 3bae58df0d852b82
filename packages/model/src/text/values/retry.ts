import type { Poll, Retry } from '../../model.ts'
import type { Fields } from '../fields.ts'

/** Most tries of one step; beyond it a retry is a loop that should be seen in the model. */
const MAX_ATTEMPTS = 1_000

/** `retry: { attempts: 5, initial: 1s, factor: 2, max: 10m, jitter: 0.2, nonRetryable: [CODE] }` */
export function readRetry(fields: Fields): Retry | undefined {
  const inner = fields.map('retry')
  if (inner === undefined) return undefined
  const attempts = inner.number('attempts', { min: 1, max: MAX_ATTEMPTS, isInteger: true })
  const initial = inner.duration('initial')
  const factor = inner.number('factor', { min: 1, max: 100 })
  const max = inner.duration('max')
  const jitter = inner.number('jitter', { min: 0, max: 1 })
  const nonRetryable = inner.texts('nonRetryable')
  inner.missing('attempts', 'attempts counts all tries, the first included.')
  inner.finish()
  return {
    attempts: attempts ?? 1,
    ...(initial === undefined ? {} : { initial }),
    ...(factor === undefined ? {} : { factor }),
    ...(max === undefined ? {} : { max }),
    ...(jitter === undefined ? {} : { jitter }),
    ...(nonRetryable === undefined ? {} : { nonRetryable }),
  }
}

/** `poll: { period: 30s, timeout: 1h, advanceOnTimeout: true }` */
export function readPoll(fields: Fields): Poll | undefined {
  const inner = fields.map('poll')
  if (inner === undefined) return undefined
  const period = inner.duration('period')
  const timeout = inner.duration('timeout')
  const advanceOnTimeout = inner.boolean('advanceOnTimeout')
  inner.missing('period', 'period is the time between two tries.')
  inner.finish()
  return {
    period: period ?? 'PT1M',
    ...(timeout === undefined ? {} : { timeout }),
    ...(advanceOnTimeout === undefined ? {} : { advanceOnTimeout }),
  }
}
