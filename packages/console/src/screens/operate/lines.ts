/**
 * The lines of operate: what is stuck, the worst first, each with a count, an age and the way to exactly those rows. Pure.
 */
import type { DoctorReport, IncidentGroup, Lock } from '@millrace/protocol'
import type { z } from 'zod'

/** Most lines shown: more is a list, and there is a page for it. */
export const MOST_LINES = 7

export type OperateLine =
  | { readonly kind: 'stale'; readonly count: number; readonly sinceMs: number }
  | { readonly kind: 'incident'; readonly count: number; readonly sinceMs: number; readonly group: IncidentGroup }
  | { readonly kind: 'nobody'; readonly count: number; readonly sinceMs: number; readonly ids: readonly string[] }
  | { readonly kind: 'lock'; readonly count: number; readonly sinceMs: number; readonly lock: string; readonly holder: string | undefined }
  | { readonly kind: 'retry'; readonly count: number; readonly sinceMs: number }
  | { readonly kind: 'suspended'; readonly count: number; readonly sinceMs: number }
  | { readonly kind: 'cancelling'; readonly count: number; readonly sinceMs: number }

/** What outranks what: a defect of the host, then work that failed, then people who are missing, then waiting. */
const RANK: readonly OperateLine['kind'][] = ['stale', 'incident', 'nobody', 'cancelling', 'lock', 'retry', 'suspended']

export interface Trouble {
  readonly groups: readonly IncidentGroup[]
  readonly locks: readonly z.infer<typeof Lock>[]
  readonly report: Pick<z.infer<typeof DoctorReport>, 'stale' | 'rows'> | undefined
}

export const operateLines = ({ groups, locks, report }: Trouble): readonly OperateLine[] => {
  const rowsOf = (code: string) => (report?.rows ?? []).filter(({ why }) => why.code === code)
  const oldest = (rows: readonly { readonly why: { readonly sinceMs: number } }[]) => Math.min(...rows.map(({ why }) => why.sinceMs))
  const lines: OperateLine[] = groups.map((group) => ({ kind: 'incident', count: group.count, sinceMs: group.firstAtMs, group }))
  const stale = report?.stale ?? []
  if (stale.length > 0) lines.push({ kind: 'stale', count: stale.length, sinceMs: oldest(stale) })
  const nobody = rowsOf('NOBODY')
  if (nobody.length > 0)
    lines.push({ kind: 'nobody', count: nobody.length, sinceMs: oldest(nobody), ids: nobody.map(({ instance }) => instance) })
  for (const [code, kind] of [
    ['RETRY', 'retry'],
    ['SUSPENDED', 'suspended'],
    ['CANCELLING', 'cancelling'],
  ] as const) {
    const rows = rowsOf(code)
    if (rows.length > 0) lines.push({ kind, count: rows.length, sinceMs: oldest(rows) })
  }
  for (const { name, queue, holders } of locks) {
    if (queue.length === 0) continue
    lines.push({
      kind: 'lock',
      count: queue.length,
      sinceMs: Math.min(...queue.map(({ sinceMs }) => sinceMs)),
      lock: name,
      holder: holders[0]?.title,
    })
  }
  return lines.toSorted((a, b) => RANK.indexOf(a.kind) - RANK.indexOf(b.kind) || b.count - a.count || a.sinceMs - b.sinceMs)
}
