import type { JsonValue } from './json.ts'

export interface WorkflowErrorOptions {
  /** `false`: the attempt is not tried again, whatever its retry policy says. */
  readonly retryable?: boolean
  /** For programs: stored with the failure and shown in the history. */
  readonly details?: JsonValue
  readonly cause?: unknown
}

/** Makes the class for one realm: workflows run in realms of their own, and `instanceof Error` must hold there too. */
export const workflowErrorOn = (base: ErrorConstructor) =>
  class WorkflowError extends base {
    override readonly name = 'WorkflowError'
    readonly code: string
    readonly retryable?: boolean
    readonly details?: JsonValue

    constructor(code: string, message: string, options: WorkflowErrorOptions = {}) {
      super(message, options.cause === undefined ? undefined : { cause: options.cause })
      this.code = code
      if (options.retryable !== undefined) this.retryable = options.retryable
      if (options.details !== undefined) this.details = options.details
    }
  }

/**
 * An error with a stable code. A task throws it to say why it failed, a call on `run` that failed rejects with it, and a workflow that
 * throws it fails with that code. Codes are UPPER_SNAKE: your own, or one of Millrace's (`TIMED_OUT`, `CHILD_FAILED`, `ASSIGNEE_UNKNOWN` …).
 *
 * @example
 * // in a task
 * throw new WorkflowError('CARD_DECLINED', 'The bank declined the card of order 42.', { retryable: false })
 * // in a workflow
 * try { await run.task(charge, order) } catch (error) {
 *   if (error instanceof WorkflowError && error.code === 'CARD_DECLINED') return run.task(askForAnotherCard, order)
 *   throw error
 * }
 */
export const WorkflowError = workflowErrorOn(Error)
export type WorkflowError = InstanceType<typeof WorkflowError>
