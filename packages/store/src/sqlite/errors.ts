/** What SQLite says, in our codes. */
import { MillraceError } from '@millrace/protocol'

const FULL = 13
const IO_ERROR = 10
const CORRUPT = 11
const NOT_A_DATABASE = 26

/** Primary result code of an error of node:sqlite; undefined for any other error. Extended codes carry the primary one in their low byte. */
const resultCode = (error: unknown): number | undefined => {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined
  return typeof code === 'number' ? code & 0xff : undefined
}

/**
 * The error a caller of the store should see.
 *
 * A full disk is refused and may pass (STORE_FULL, retryable). A failed write or sync is not: after a failed fsync the system may have dropped what it could
 * not write and report success the next time, so what is on disk is unknown until it is read afresh (STORE_FAILED, the host ends).
 */
export const storeError = (error: unknown, path: string): unknown => {
  switch (resultCode(error)) {
    case FULL:
      return new MillraceError(
        'STORE_FULL',
        `The disk of ${path} is full, or the file has reached its limit: nothing was written. Make room; work goes on by itself.`,
        {
          cause: error,
        },
      )
    case IO_ERROR:
      return new MillraceError(
        'STORE_FAILED',
        `The disk of ${path} failed: ${(error as Error).message}. Check it, then start again: what was acknowledged is read back.`,
        {
          cause: error,
        },
      )
    case CORRUPT:
    case NOT_A_DATABASE:
      return new MillraceError(
        'STORE_FAILED',
        `${path} is damaged or no database of Millrace: ${(error as Error).message}. Restore a backup.`,
        {
          cause: error,
        },
      )
    default:
      return error
  }
}
