/**
 * One error class with a stable code, for every layer. The catalogue is the only list of codes; a test keeps docs/errors.md equal to it.
 */
export interface ErrorKind {
  /** HTTP status the server answers with. */
  readonly status: number
  /** One line for the docs page. */
  readonly about: string
  readonly retryable?: boolean
}

export const ERRORS = {
  NOT_FOUND: { status: 404, about: 'The thing named does not exist, or you may not see it.' },
  ROUTE_NOT_FOUND: { status: 404, about: 'No such address.' },
  METHOD_NOT_ALLOWED: { status: 405, about: 'The address exists, but not with this method.' },
  BAD_REQUEST: { status: 400, about: 'The request does not fit its schema; the problem says where.' },
  BODY_TOO_LARGE: { status: 413, about: 'The body is larger than the stated limit.' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, about: 'The body is not JSON.' },
  UNAUTHENTICATED: { status: 401, about: 'Sign in first: no valid session or token.' },
  FORBIDDEN: { status: 403, about: 'You are signed in, but may not do this.' },
  CSRF: { status: 403, about: 'A request by cookie lacks the matching X-CSRF-Token.' },
  RATE_LIMITED: { status: 429, about: 'Too many tries; wait as Retry-After says.', retryable: true },
  STALE_ETAG: { status: 412, about: 'The draft was changed by somebody else since you read it.' },
  ETAG_REQUIRED: { status: 428, about: 'Send If-Match with the ETag you read.' },
  IDEMPOTENCY_MISMATCH: { status: 422, about: 'The Idempotency-Key was used before with another body.' },
  CURSOR_GONE: { status: 410, about: 'The feed cursor is older than what is kept; start afresh.' },
  MODEL_INVALID: { status: 422, about: 'The model has problems; each is listed with line and column.' },
  MODEL_UNSOUND: { status: 422, about: 'The model can hang or leave work behind; the counterexample shows how.' },
  NO_VERSION: { status: 409, about: 'The workflow has no version yet: sync it first.' },
  EXISTS: { status: 409, about: 'Something of this name is there already.' },
  LAST_ADMINISTRATOR: { status: 409, about: 'It would leave nobody who can administer the server.' },
  VERSION_IN_USE: { status: 409, about: 'Open instances use the version.' },
  TASK_UNKNOWN: { status: 422, about: 'No plugin offers the task: bind it in the configuration.' },
  WRONG_STATUS: { status: 409, about: 'The instance is in a status that does not allow this.' },
  STATE_CHANGED: { status: 409, about: 'The instance is not in the state you saw; the answer has a new preview.' },
  SUSPENDED: { status: 409, about: 'The instance is suspended; resume it first.' },
  STEP_CLOSED: { status: 409, about: 'The step is over: somebody or something else was first.' },
  ITEM_CHANGED: { status: 409, about: 'The work item changed since you saw it; the answer says who and when.' },
  ITEM_CLAIMED: { status: 409, about: 'Somebody else has claimed the work item.' },
  NOT_CANDIDATE: { status: 403, about: 'You are neither assignee nor candidate of the work item.' },
  EXCLUDED: { status: 403, about: 'You may not decide this item, for the reason given.' },
  ROUTE_UNKNOWN: { status: 422, about: 'The item has no such route; the answer lists them.' },
  ROUTE_REQUIRED: { status: 422, about: 'The item has several routes; choose one.' },
  COMMENT_REQUIRED: { status: 422, about: 'The chosen route needs a comment.' },
  ANSWER_INVALID: { status: 422, about: 'The answer does not fit the form; each field is listed.' },
  DATA_INVALID: { status: 422, about: 'The data or payload does not fit what the workflow declares.' },
  NO_WAY_BACK: { status: 409, about: 'There is no earlier step to go back to.' },
  LOCK_HELD: { status: 409, about: 'A lock is held; the answer names who holds it. Queue or wait.' },
  STORE_FULL: { status: 507, about: 'The disk is full: the host is read-only until there is room.', retryable: true },
  STORE_FAILED: { status: 500, about: 'The disk failed to write or to sync: what is on it is unknown, so the host ends.' },
  HOST_STOPPING: { status: 503, about: 'The host is shutting down.', retryable: true },
  OVERLOADED: { status: 503, about: 'Too many commands wait; try again.', retryable: true },
  DATA_FOLDER_IN_USE: { status: 409, about: 'Another process serves this data folder.' },
  DATA_FOLDER_UNUSABLE: { status: 500, about: 'The data folder cannot be made or written.' },
  PORT_IN_USE: { status: 409, about: 'Another program listens on the port.' },
  NO_ADMINISTRATOR: { status: 409, about: 'The server answers only this machine until there is an administrator.' },
  NEWER_FORMAT: { status: 409, about: 'The data was written by a newer Millrace.' },
  INTERNAL: { status: 500, about: 'A defect of Millrace; the log has the details under the request id.' },
  UNREACHABLE: { status: 503, about: 'Seen by clients only: no Millrace answered at the address.', retryable: true },
  // incidents and failures of steps; never an HTTP answer by themselves
  NO_BRANCH: { status: 422, about: 'No rule of an OR split was true and it has no default.' },
  LOOP_LIMIT: { status: 422, about: 'A node was passed more often than its limit.' },
  RULE_FAILED: { status: 422, about: 'A rule, template or chooser failed or cost too much.' },
  ASSIGNEE_UNKNOWN: { status: 422, about: 'Nobody can answer the request: no such user, or an empty group.' },
  TIMED_OUT: { status: 422, about: 'The step, or one attempt of it, took longer than allowed.' },
  TASK_FAILED: { status: 422, about: 'The task threw an error.' },
  CHILD_FAILED: { status: 422, about: 'The child instance failed or was aborted.' },
  NOT_DETERMINISTIC: { status: 422, about: 'The code made another call than its journal says.' },
  RUNNER_KILLED: { status: 422, about: 'The code ended or blocked its process twice.' },
  JOURNAL_LIMIT: { status: 422, about: 'The journal is longer than allowed: use run.continueAsNew.' },
  WORKFLOW_FAILED: { status: 422, about: 'The workflow function threw an error.' },
  WORKFLOW_STUCK: { status: 422, about: 'The workflow function waits for a promise that no call of run made.' },
} as const satisfies { readonly [code: string]: ErrorKind }

export type ErrorCode = keyof typeof ERRORS

export interface MillraceErrorOptions {
  readonly cause?: unknown
  /** Further members of the problem document: `problems`, `holders`, `routes` … */
  readonly details?: { readonly [key: string]: unknown }
}

/**
 * What a user or the world can cause. The message says what, which one, and what to do next.
 *
 * @example throw new MillraceError('WRONG_STATUS', 'Cannot resume instance i-42: it is COMPLETED. Start a new one, or restart it from a step.')
 */
export class MillraceError extends Error {
  override readonly name = 'MillraceError'
  readonly code: ErrorCode
  readonly details: { readonly [key: string]: unknown }

  constructor(code: ErrorCode, message: string, options: MillraceErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.details = options.details ?? {}
  }

  get status(): number {
    return ERRORS[this.code].status
  }

  get retryable(): boolean {
    return 'retryable' in ERRORS[this.code]
  }
}
