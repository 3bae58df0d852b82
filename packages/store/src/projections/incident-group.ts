/** Groups of incidents: one definition of a row, of the filter and of the order for every adapter. */
import type { IncidentGroup, IncidentGroupFilter } from '@millrace/protocol'
import { contains } from './data-filter.ts'
import { type IncidentRow, messagePattern } from './incident.ts'

export type GroupRow = Omit<IncidentGroup, 'workflowTitle' | 'nodeTitle'>

/** How many there are, and since when; `newest` tells the rest. */
export const incidentGroupRow = (
  newest: IncidentRow,
  of: { readonly id: string; readonly workflow: string; readonly version: number; readonly title: string },
  group: { readonly count: number; readonly firstAtMs: number },
): GroupRow => ({
  id: newest.group,
  workflow: of.workflow,
  ...(newest.node === undefined ? {} : { node: newest.node }),
  code: newest.error.code,
  message: newest.error.message,
  pattern: messagePattern(newest.error.message),
  count: group.count,
  firstAtMs: group.firstAtMs,
  lastAtMs: newest.error.atMs,
  example: { instance: of.id, ...(newest.step === 0 ? {} : { step: newest.step }), title: of.title, version: of.version },
})

export const isInGroups = (row: GroupRow, filter: IncidentGroupFilter): boolean =>
  (filter.workflow === undefined || row.workflow === filter.workflow) &&
  (filter.node === undefined || row.node === filter.node) &&
  (filter.code === undefined || row.code === filter.code) &&
  (filter.search === undefined || contains(row.message, filter.search))

/** Sorts ascending; `order` of its newest incident grows with time and belongs to no other group. */
export const groupKey = (count: number, order: number, sort: IncidentGroupFilter['sort']): readonly [number, number] =>
  sort === '-last' ? [0, -order] : [-count, -order]
