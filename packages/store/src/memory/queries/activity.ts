import type { ActivityQuery, ActivityRow } from '@millrace/protocol'
import { ACTIVITIES, QUARTER_MS } from '../../projections/activity.ts'
import { createAgeCounter } from '../../projections/item-ages.ts'
import type { Tables } from '../tables.ts'

export const readActivity = (
  tables: Tables,
  query: ActivityQuery,
): { readonly sinceMs?: number; readonly rows: readonly ActivityRow[] } => {
  const counted = [...tables.activity.values()].filter(({ workspace }) => workspace === query.workspace)
  const rows = new Map<string, { -readonly [K in keyof ActivityRow]: ActivityRow[K] }>()
  for (const each of counted) {
    const quarterMs = each.quarter * QUARTER_MS
    if (quarterMs < query.fromMs || quarterMs >= query.toMs) continue
    if (query.workflow !== undefined && each.workflow !== query.workflow) continue
    const atMs = Math.floor((quarterMs + query.offsetMs) / query.bucketMs) * query.bucketMs - query.offsetMs
    const key = `${each.workflow} ${atMs}`
    let row = rows.get(key)
    if (row === undefined) {
      row = { workflow: each.workflow, atMs, started: 0, completed: 0, failed: 0, aborted: 0, incidents: 0 }
      rows.set(key, row)
    }
    for (const name of ACTIVITIES) row[name] += each.counts[name]
  }
  const first = counted.map(({ quarter }) => quarter).sort((a, b) => a - b)[0]
  return {
    ...(first === undefined ? {} : { sinceMs: first * QUARTER_MS }),
    rows: [...rows.values()].sort((a, b) => (a.workflow === b.workflow ? a.atMs - b.atMs : a.workflow < b.workflow ? -1 : 1)),
  }
}

export const countItemAges = (
  tables: Tables,
  workspace: string,
  sinceMs: readonly number[],
  workflow?: string,
): readonly { readonly workflow: string; readonly counts: readonly number[] }[] => {
  const counter = createAgeCounter(sinceMs)
  for (const { state, items } of tables.instances.values()) {
    if (state.workspace !== workspace || (workflow !== undefined && state.workflow !== workflow)) continue
    for (const { row } of items.values()) if (row.status === 'open') counter.add(state.workflow, row.createdAtMs)
  }
  return counter.rows()
}
