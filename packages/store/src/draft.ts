/** Compare-and-set of drafts, for every adapter. */
import { createHash } from 'node:crypto'
import { type DraftRow, MillraceError } from '@millrace/protocol'

/** Names this text: the same text has the same tag, so saving what is there already disturbs nobody. */
export const draftTag = (row: Omit<DraftRow, 'etag'>): string =>
  createHash('sha256')
    .update(JSON.stringify([row.format, row.title, row.text]))
    .digest('base64url')
    .slice(0, 22)

/**
 * Checks `ifMatch` against the draft that is there.
 *
 * @param ifMatch `null` = there must be none; `undefined` = whatever is there
 * @throws MillraceError STALE_ETAG
 */
export const checkDraft = (id: string, current: DraftRow | undefined, ifMatch: string | null | undefined): void => {
  if (ifMatch === undefined || (ifMatch === null && current === undefined) || (current !== undefined && current.etag === ifMatch)) return
  if (current === undefined) {
    throw new MillraceError(
      'STALE_ETAG',
      `Cannot save the draft of ${id}: it was deleted since you read it. Save it as a new one, without If-Match.`,
    )
  }
  const { etag, updatedBy, updatedAtMs } = current
  const when = new Date(updatedAtMs).toISOString()
  const what =
    ifMatch === null
      ? `Cannot create the draft of ${id}: ${updatedBy} saved one at ${when}. Read it, and save over it with its ETag.`
      : `Cannot save the draft of ${id}: ${updatedBy} changed it at ${when}. Read it again, merge, and save with its ETag.`
  throw new MillraceError('STALE_ETAG', what, { details: { etag, updatedBy, updatedAtMs } })
}
