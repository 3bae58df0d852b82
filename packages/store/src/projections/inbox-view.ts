/** Which items a view of the inbox shows to whom, and in which order: one definition for every adapter. */
import type { InboxFilter, Reader } from '@millrace/protocol'
import { inboxesOf, type WorkItemRow } from './work-item.ts'

export type InboxView = InboxFilter['view']

/** Whether `reader` sees the item in this view. Nobody is offered what they may not decide. */
export const isInView = (row: WorkItemRow, initiator: string, view: InboxView, reader: Reader): boolean => {
  const owners = inboxesOf(row)
  const isExcluded = row.excluded.includes(reader.user)
  const isMine = owners.includes(`user:${reader.user}`) && !isExcluded
  const isMyGroups = () => !isMine && !isExcluded && reader.groups.some((group) => owners.includes(`group:${group}`))
  switch (view) {
    case 'mine':
      return isMine
    case 'groups':
      return isMyGroups()
    case 'open':
      return isMine || isMyGroups()
    case 'done':
      return row.decidedBy === reader.user
    case 'started':
      return row.status === 'open' && initiator === reader.user
    case 'all':
      return reader.seesAll ? row.status === 'open' : isMine || isMyGroups()
  }
}

/** Two numbers that sort rows ascending, whatever the sort: a descending part is negated. `order` grows in the order items were opened. */
export type InboxKey = readonly [number, number]

/** Sorts after every date: an item without one is due last. */
export const NEVER_DUE = Number.MAX_SAFE_INTEGER

/** Items decided are listed by when, whatever sort is asked for. */
export const inboxKey = (row: WorkItemRow, order: number, filter: Pick<InboxFilter, 'view' | 'sort'>): InboxKey => {
  if (filter.view === 'done') return [-(row.decidedAtMs ?? 0), -order]
  switch (filter.sort ?? 'due') {
    case 'due':
      return [row.dueAtMs ?? NEVER_DUE, order]
    case '-created':
      return [0, -order]
    case 'created':
      return [0, order]
    case '-priority':
      return [-row.priority, order]
  }
}

export const compareKeys = (a: readonly number[], b: readonly number[]): number => {
  for (let index = 0; index < a.length; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
