import { type State, type TimelineRow, timelineOf } from '@millrace/kernel'
import type { Store, Timeline, TimelineWindow } from '@millrace/protocol'
import { allFacts } from '../effects/all-facts.ts'
import type { LoadedVersion } from '../programs.ts'
import { titleOf } from './instance.ts'

/** Timelines kept, by instance and number of facts: a person drags through one for a while. */
const KEPT = 8

/** Answers windows of timelines without folding the facts anew for every one. */
export const createTimelines = (
  store: Store,
): ((state: State, version: LoadedVersion | undefined, window: TimelineWindow) => Promise<Timeline>) => {
  const kept = new Map<string, { readonly facts: number; readonly rows: readonly TimelineRow[] }>()
  const rowsOf = async (state: State): Promise<readonly TimelineRow[]> => {
    const known = kept.get(state.id)
    if (known?.facts === state.facts) return known.rows
    const rows = timelineOf(await allFacts(store, state.id))
    kept.delete(state.id)
    kept.set(state.id, { facts: state.facts, rows })
    const oldest = kept.size > KEPT ? kept.keys().next().value : undefined
    if (oldest !== undefined) kept.delete(oldest)
    return rows
  }
  return async (state, version, window) => {
    const rows = await rowsOf(state)
    const inside = rows.filter((row) => overlaps(row, window))
    const shown =
      window.after === undefined
        ? inside.slice(-window.limit)
        : inside.filter((row) => row.step > (window.after ?? 0)).slice(0, window.limit)
    return {
      rows: shown.map((row) => ({ ...row, title: row.step === 0 ? state.title : titleOf(version, row.node) })),
      steps: rows.length,
      fromMs: state.createdAtMs,
      toMs: rows.reduce((latest, row) => Math.max(latest, endOf(row) ?? latest), state.endedAtMs ?? state.createdAtMs),
    }
  }
}

const endOf = (row: TimelineRow): number | undefined => row.spans.at(-1)?.toMs

const overlaps = (row: TimelineRow, { fromMs = 0, toMs = Number.POSITIVE_INFINITY }: TimelineWindow): boolean => {
  const begin = row.spans[0]?.fromMs ?? 0
  return begin <= toMs && (endOf(row) ?? Number.POSITIVE_INFINITY) >= fromMs
}
