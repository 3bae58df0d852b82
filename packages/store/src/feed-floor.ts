import { MillraceError } from '@millrace/protocol'

/**
 * A cursor must lie between what is kept and the last commit. One beyond it comes from before a restore: answering "nothing new" would leave whoever holds it
 * looking at what is no longer true.
 *
 * @throws MillraceError CURSOR_GONE
 */
export const checkCursor = (after: number, kept: { readonly floor: number; readonly position: number }): void => {
  if (after >= kept.floor && after <= kept.position) return
  const why = after < kept.floor ? 'older than what is kept' : 'from before the data was restored from a backup'
  throw new MillraceError('CURSOR_GONE', `Feed position ${after} is ${why}. Load what you show afresh, and go on from its asOf.`)
}
