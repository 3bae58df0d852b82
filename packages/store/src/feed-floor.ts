import { MillraceError } from '@millrace/protocol'

export const cursorGone = (after: number): MillraceError =>
  new MillraceError('CURSOR_GONE', `Feed position ${after} is older than what is kept. Load what you show afresh, and go on from its asOf.`)
