import type { JsonValue } from '@millrace/model'

/**
 * Codes with which built-in tasks fail. `retry` says whether another try can help: the engine asks it before the step's retry policy.
 * An author names these codes in `retry.nonRetryable` or in a timeout's handler, so they never change their meaning.
 */
export const TASK_FAILURES = {
  INPUT_INVALID: { retry: false, about: 'The arguments (`with`) do not fit the task; the message names each.' },
  TIMED_OUT: { retry: true, about: 'The attempt took longer than its limit.' },
  CANCELLED: { retry: false, about: 'The attempt was told to stop.' },
  TASK_FAILED: { retry: true, about: 'The task threw an error that it does not know.' },
  HTTP_STATUS: {
    retry: true,
    about: 'The answer had another status than expected. Tried again after 408, 425, 429 and 5xx but 501 and 505.',
  },
  HTTP_UNREACHABLE: { retry: true, about: 'No answer: name not found, connection refused or cut.' },
  HTTP_BODY: { retry: false, about: 'The body of the answer is too large, or not what `response` says.' },
  HTTP_REFUSED: { retry: false, about: 'The address is one this host does not call.' },
  RULE_FAILED: { retry: false, about: 'A JavaScript rule threw, never ended, or used too much.' },
  SCRIPT_FAILED: { retry: false, about: 'The script threw, or returned what is no JSON.' },
  SCRIPT_LIMIT: { retry: false, about: 'The script used more memory, depth or output than allowed.' },
  MAIL_NOT_CONFIGURED: { retry: false, about: 'No mail server is configured.' },
  MAIL_FAILED: { retry: true, about: 'The mail server refused the message or could not be reached. Not tried again after a 5xx answer.' },
} as const satisfies { readonly [code: string]: { readonly retry: boolean; readonly about: string } }

export type TaskFailureCode = keyof typeof TASK_FAILURES

/**
 * Thrown inside a built-in task: becomes the attempt's `Failure`. `code` may also be one an author chose (`test.fail`).
 *
 * @example throw new TaskFailure('HTTP_STATUS', 'POST https://shop/orders answered 503.', { details: { status: 503, retryAfterMs: 2000 } })
 */
export class TaskFailure extends Error {
  override readonly name = 'TaskFailure'
  readonly code: string
  readonly retryable: boolean
  readonly details: JsonValue | undefined

  constructor(
    code: TaskFailureCode | (string & {}),
    message: string,
    options: { readonly retryable?: boolean; readonly details?: JsonValue; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.retryable = options.retryable ?? isRetried(code)
    this.details = options.details
  }
}

const isRetried = (code: string): boolean => (Object.hasOwn(TASK_FAILURES, code) ? TASK_FAILURES[code as TaskFailureCode].retry : true)
