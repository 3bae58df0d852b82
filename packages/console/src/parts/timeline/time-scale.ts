/** From time to pixels and back, with the stretches folded in which nothing but waiting happens. Pure. */
import type { TimelineRow } from '@millrace/protocol'

export interface TimeWindow {
  readonly fromMs: number
  readonly toMs: number
}

export interface Fold extends TimeWindow {
  /** Where it stands; its width is `FOLD_WIDTH`. */
  readonly x: number
}

export interface TimeScale {
  readonly window: TimeWindow
  readonly width: number
  readonly folds: readonly Fold[]
  /** Pixels from the left; outside of the window below 0 or beyond the width. */
  readonly xOf: (ms: number) => number
  readonly msOf: (x: number) => number
}

/** Pixels of a folded stretch: room for its mark. */
export const FOLD_WIDTH = 20
/** Shorter than this share of the window a wait is left as it is: folding it would win nothing. */
const LEAST_SHARE = 0.05

/** @param waits stretches to fold, in order, not overlapping */
export function timeScale(window: TimeWindow, width: number, waits: readonly TimeWindow[] = []): TimeScale {
  const pieces = piecesOf(window, waits)
  const foldCount = pieces.filter((piece) => piece.isFolded).length
  const shownMs = pieces.reduce((sum, piece) => sum + (piece.isFolded ? 0 : piece.toMs - piece.fromMs), 0)
  const pixelsPerMs = shownMs > 0 ? Math.max(1, width - foldCount * FOLD_WIDTH) / shownMs : 0
  let x = 0
  const placed = pieces.map((piece) => {
    const wide = piece.isFolded ? FOLD_WIDTH : (piece.toMs - piece.fromMs) * pixelsPerMs
    const at = { ...piece, x, wide }
    x += wide
    return at
  })
  const first = placed[0]
  const last = placed.at(-1)
  return {
    window,
    width,
    folds: placed.filter((piece) => piece.isFolded).map(({ fromMs, toMs, x: at }) => ({ fromMs, toMs, x: at })),
    xOf(ms) {
      if (first === undefined || last === undefined) return 0
      if (ms < first.fromMs) return (ms - first.fromMs) * pixelsPerMs
      if (ms > last.toMs) return last.x + last.wide + (ms - last.toMs) * pixelsPerMs
      const piece = placed[indexOf(placed, (one) => one.toMs < ms)] ?? last
      const share = piece.toMs === piece.fromMs ? 0 : (ms - piece.fromMs) / (piece.toMs - piece.fromMs)
      return piece.x + share * piece.wide
    },
    msOf(at) {
      const piece = placed[indexOf(placed, (one) => one.x + one.wide < at)] ?? last
      if (piece === undefined) return window.fromMs
      const share = piece.wide === 0 ? 0 : (at - piece.x) / piece.wide
      return piece.fromMs + Math.min(1, Math.max(0, share)) * (piece.toMs - piece.fromMs)
    },
  }
}

/** The first that is not before; the list is in order. */
function indexOf<T>(list: readonly T[], isBefore: (one: T) => boolean): number {
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const one = list[middle]
    if (one !== undefined && isBefore(one)) low = middle + 1
    else high = middle
  }
  return low
}

interface Piece extends TimeWindow {
  readonly isFolded: boolean
}

/** The window cut at its waits. A wait at its edge is folded as far as it lies within. */
function piecesOf({ fromMs, toMs }: TimeWindow, waits: readonly TimeWindow[]): readonly Piece[] {
  const least = (toMs - fromMs) * LEAST_SHARE
  const pieces: Piece[] = []
  let at = fromMs
  for (const wait of waits) {
    const [from, to] = [Math.max(wait.fromMs, fromMs), Math.min(wait.toMs, toMs)]
    if (to - from < least) continue
    if (from > at) pieces.push({ fromMs: at, toMs: from, isFolded: false })
    pieces.push({ fromMs: from, toMs: to, isFolded: true })
    at = to
  }
  if (at < toMs || pieces.length === 0) pieces.push({ fromMs: at, toMs, isFolded: false })
  return pieces
}

/** Stretches of a window in which no row computes: what "hide waiting" folds. A span that lasts ends now. */
export function waitsOf(rows: readonly Pick<TimelineRow, 'spans'>[], window: TimeWindow, nowMs: number): readonly TimeWindow[] {
  const busy = rows
    .flatMap((row) => row.spans.filter((span) => span.cause === 'compute'))
    .map((span) => ({ fromMs: span.fromMs, toMs: span.toMs ?? nowMs }))
    .toSorted((a, b) => a.fromMs - b.fromMs)
  const waits: TimeWindow[] = []
  let at = window.fromMs
  for (const { fromMs, toMs } of busy) {
    if (fromMs > at) waits.push({ fromMs: at, toMs: Math.min(fromMs, window.toMs) })
    at = Math.max(at, toMs)
    if (at >= window.toMs) break
  }
  if (at < window.toMs) waits.push({ fromMs: at, toMs: window.toMs })
  return waits.filter((wait) => wait.toMs > wait.fromMs)
}

/** Shortest window: below a few milliseconds there is nothing more to see. */
const SHORTEST_MS = 10

/** A window `by` times as long around a moment, within the whole. */
export function zoomed(
  window: TimeWindow,
  whole: TimeWindow,
  { by, aroundMs }: { readonly by: number; readonly aroundMs: number },
): TimeWindow {
  const length = Math.min(whole.toMs - whole.fromMs, Math.max(SHORTEST_MS, (window.toMs - window.fromMs) * by))
  const share = (aroundMs - window.fromMs) / Math.max(1, window.toMs - window.fromMs)
  return within(aroundMs - length * share, length, whole)
}

/** A window moved by a share of its length, within the whole. */
export function panned(window: TimeWindow, whole: TimeWindow, share: number): TimeWindow {
  const length = window.toMs - window.fromMs
  return within(window.fromMs + length * share, length, whole)
}

function within(fromMs: number, length: number, whole: TimeWindow): TimeWindow {
  const from = Math.max(whole.fromMs, Math.min(fromMs, whole.toMs - length))
  return { fromMs: from, toMs: from + length }
}
