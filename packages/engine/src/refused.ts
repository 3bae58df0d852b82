import { Refusal } from '@millrace/kernel'
import { ERRORS, type ErrorCode, MillraceError } from '@millrace/protocol'

/** The kernel's refusals as the error every layer knows. Anything else is a defect and stays what it is. */
export const asMillraceError = (error: unknown): unknown => {
  if (!(error instanceof Refusal)) return error
  const code: ErrorCode = error.code in ERRORS ? (error.code as ErrorCode) : 'INTERNAL'
  return new MillraceError(code, error.message, { details: error.details })
}

export const noInstance = (id: string): MillraceError =>
  new MillraceError('NOT_FOUND', `There is no instance ${id}. Look it up with "millrace instance list".`)
