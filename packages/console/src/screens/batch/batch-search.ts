import type { BatchRowState } from '@millrace/protocol'
import { textIn } from '../../app/search.ts'

/** What needs a look first. */
export const ROW_STATES = ['failed', 'refused', 'running', 'waiting', 'done', 'left'] as const satisfies readonly BatchRowState[]

export const readBatchSearch = (search: { readonly [name: string]: unknown }): { readonly state?: BatchRowState } => {
  const { state } = textIn(search, 'state')
  const known = ROW_STATES.find((each) => each === state)
  return known === undefined ? {} : { state: known }
}
