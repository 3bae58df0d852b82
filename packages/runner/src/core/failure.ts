import type { Failure } from '@millrace/kernel'
import type { JsonValue } from '@millrace/model'

/** Codes are UPPER_SNAKE; what libraries call a code (`ERR_X` of Node passes, `42P01` of a database does not) is not ours to judge. */
const CODE = /^[A-Z][A-Z0-9_]*$/

/** More is no use to a person, and is stored with the instance. */
const MAX_MESSAGE = 4_000
const MAX_STACK = 4_000

export interface FailureOptions {
  /** Where the error does not name one. */
  readonly code: string
  /** Turns the stack into lines of the author's files. */
  readonly stackOf?: (error: { readonly stack?: unknown }) => string | undefined
}

/** An error of the author's code, of any realm, as data. */
export const failureOf = (error: unknown, { code, stackOf }: FailureOptions): Failure => {
  if (typeof error !== 'object' || error === null) return { code, message: cut(String(error), MAX_MESSAGE) }
  const given = error as {
    code?: unknown
    message?: unknown
    retryable?: unknown
    details?: unknown
    stack?: unknown
    cause?: unknown
    name?: unknown
  }
  const stack = stackOf === undefined ? (typeof given.stack === 'string' ? given.stack : undefined) : stackOf(given)
  const details = detailsOf(given.details)
  return {
    code: typeof given.code === 'string' && CODE.test(given.code) ? given.code : code,
    message: cut(messageOf(given), MAX_MESSAGE),
    ...(typeof given.retryable === 'boolean' ? { retryable: given.retryable } : {}),
    ...(stack === undefined || stack === '' ? {} : { stack: cut(stack, MAX_STACK) }),
    ...(details === undefined ? {} : { details }),
  }
}

const messageOf = (error: { readonly message?: unknown; readonly name?: unknown; readonly cause?: unknown }): string => {
  const own =
    typeof error.message === 'string' && error.message !== ''
      ? error.message
      : typeof error.name === 'string'
        ? error.name
        : 'It failed without a message.'
  const cause = error.cause
  if (typeof cause !== 'object' || cause === null || typeof (cause as { message?: unknown }).message !== 'string') return own
  return `${own} (because: ${(cause as { message: string }).message})`
}

const detailsOf = (details: unknown): JsonValue | undefined => {
  if (details === undefined) return undefined
  try {
    const text: string | undefined = JSON.stringify(details)
    return text === undefined ? undefined : (JSON.parse(text) as JsonValue)
  } catch {
    return undefined
  }
}

const cut = (text: string, limit: number): string =>
  text.length <= limit ? text : `${text.slice(0, limit)} … (${text.length - limit} more)`
