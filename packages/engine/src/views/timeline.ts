/**
 * Timelines of instances in windows: where the time of each step went. The facts of an instance are folded once; what comes later is added.
 *
 * Owns: the folds kept, the size of an answer. Does not own: what a stretch of time went to (kernel).
 */
import { createTimelineFold, criticalSteps, type State, type TimelineFold, type TimelineRow } from '@millrace/kernel'
import type { Store, Timeline, TimelineWindow } from '@millrace/protocol'
import type { LoadedVersion } from '../programs.ts'
import { titleOf } from './instance.ts'

/** Timelines kept: a person drags through one for a while. */
const KEPT = 8
/** Facts folded in one go; between two, ticks get their turn. */
const PAGE = 1_000
/** Bytes of all rows of an answer: with its frame it stays under 256 KiB. */
const MOST_BYTES = 240_000
/** Spans of one row: a step that was tried a thousand times shows how it began and how it ended. */
const MOST_SPANS = 100

export interface Timelines {
  /** Every row of an instance as of its state. */
  rows(state: State): Promise<readonly TimelineRow[]>
  window(state: State, version: LoadedVersion | undefined, window: TimelineWindow): Promise<Timeline>
}

interface Kept {
  readonly fold: TimelineFold
  facts: number
  /** Of `facts`. */
  critical?: ReadonlySet<number>
  /** Whoever comes while facts are added waits for them: two at once would add them twice. */
  adding: Promise<void>
}

export const createTimelines = (store: Store): Timelines => {
  const kept = new Map<string, Kept>()

  const keep = (id: string): Kept => {
    const known = kept.get(id) ?? { fold: createTimelineFold(), facts: 0, adding: Promise.resolve() }
    kept.delete(id)
    kept.set(id, known)
    const oldest = kept.size > KEPT ? kept.keys().next().value : undefined
    if (oldest !== undefined) kept.delete(oldest)
    return known
  }

  const add = async (id: string, known: Kept, upTo: number): Promise<void> => {
    while (known.facts < upTo) {
      const page = await store.instances.facts(id, { after: known.facts, limit: PAGE })
      const last = page.at(-1)
      if (last === undefined) return
      known.fold.add(page.map(({ fact }) => fact))
      known.facts = last.seq
      delete known.critical
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  const follow = async (state: State): Promise<Kept> => {
    const known = keep(state.id)
    known.adding = known.adding.then(
      () => add(state.id, known, state.facts),
      () => add(state.id, known, state.facts),
    )
    await known.adding
    return known
  }

  return {
    rows: async (state) => (await follow(state)).fold.rows(),
    window: async (state, version, window) => {
      const known = await follow(state)
      const rows = known.fold.rows()
      const critical = (known.critical ??= criticalSteps(rows))
      const inside = rows.filter((row) => overlaps(row, window))
      const wanted = chosen(inside, window)
      const shown = withinSize(
        wanted.map((row) => view(row, state, version, window, critical)),
        window.after === undefined ? 'last' : 'first',
      )
      const first = inside.findIndex((row) => row.step === shown[0]?.step)
      return {
        rows: shown,
        steps: state.lastStep,
        fromMs: state.createdAtMs,
        toMs: rows.reduce((latest, row) => Math.max(latest, endOf(row) ?? latest), state.endedAtMs ?? state.createdAtMs),
        left: shown.length === 0 ? { before: 0, after: inside.length } : { before: first, after: inside.length - first - shown.length },
        facts: known.facts,
      }
    },
  }
}

const chosen = (inside: readonly TimelineRow[], { after, before, limit }: TimelineWindow): readonly TimelineRow[] => {
  if (after !== undefined) return inside.filter((row) => row.step > after).slice(0, limit)
  return (before === undefined ? inside : inside.filter((row) => row.step < before)).slice(-limit)
}

const view = (
  row: TimelineRow,
  state: State,
  version: LoadedVersion | undefined,
  { fromMs = 0, toMs = Number.POSITIVE_INFINITY }: TimelineWindow,
  critical: ReadonlySet<number>,
): Timeline['rows'][number] => {
  const spans = row.spans.filter((span) => span.fromMs <= toMs && (span.toMs ?? Number.POSITIVE_INFINITY) >= fromMs)
  const left = spans.length - MOST_SPANS
  const half = MOST_SPANS / 2
  return {
    step: row.step,
    node: row.node,
    title: row.step === 0 ? state.title : titleOf(version, row.node),
    run: row.run,
    spans: left <= 0 ? spans.map((span) => ({ ...span })) : [...spans.slice(0, half), ...spans.slice(-half)],
    ...(left <= 0 ? {} : { spansLeft: left }),
    ...(row.end === undefined ? {} : { end: row.end }),
    ...(critical.has(row.step) ? { isCritical: true } : {}),
  }
}

const withinSize = (rows: readonly Timeline['rows'][number][], keep: 'first' | 'last'): Timeline['rows'] => {
  const order = keep === 'first' ? rows : rows.toReversed()
  let bytes = 0
  const fitting = order.findIndex((row) => (bytes += Buffer.byteLength(JSON.stringify(row)) + 1) > MOST_BYTES)
  const kept = fitting === -1 ? order : order.slice(0, Math.max(1, fitting))
  return keep === 'first' ? [...kept] : kept.toReversed()
}

const endOf = (row: TimelineRow): number | undefined => row.spans.at(-1)?.toMs

const overlaps = (row: TimelineRow, { fromMs = 0, toMs = Number.POSITIVE_INFINITY }: TimelineWindow): boolean => {
  const begin = row.spans[0]?.fromMs ?? 0
  return begin <= toMs && (endOf(row) ?? Number.POSITIVE_INFINITY) >= fromMs
}
