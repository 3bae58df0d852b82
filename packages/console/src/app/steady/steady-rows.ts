/**
 * What a live list shows (CONSOLE rule 4): rows do not move under the hand. Pure: the server's rows, what is shown, where the hand is and the time
 * come in; what to show comes out.
 *
 * Invariants: 1. Shown rows keep their order until the reader asks for the new ones. 2. A row that is gone stays, marked, for `LEAVING_MS`, and longer
 * while the hand is on it or on a row below it, so that nothing slides under a pointer. 3. New rows wait, unless they come after the last shown one,
 * where they move nothing. 4. Rows beyond the edge of the pages that are held were not taken away, and are not new when they come back.
 */
export interface RowLike {
  readonly id: string
}

export interface Shown<T> {
  readonly row: T
  /** Since when it is no longer in the list. */
  readonly leftAtMs?: number
}

export interface Steady<T> {
  readonly shown: readonly Shown<T>[]
  /** New rows that the reader has not asked for yet. */
  readonly waiting: number
  /** Rows come before the first one shown: a page that is not held. */
  readonly hasBefore: boolean
}

export interface Hand {
  /** Row with the focus. */
  readonly focused?: string | undefined
  /** Row under the pointer. */
  readonly pointed?: string | undefined
  /** Rows the person decided or moved themself: they go at once. */
  readonly own: ReadonlySet<string>
}

/** Of a long list only some pages are held: whether rows come before the first and after the last one given. */
export interface Edges {
  readonly hasBefore: boolean
  readonly hasAfter: boolean
}

export const WHOLE: Edges = { hasBefore: false, hasAfter: false }

export const LEAVING_MS = 4_000

export const freshRows = <T extends RowLike>(server: readonly T[], { hasBefore }: Edges = WHOLE): Steady<T> => ({
  shown: server.map((row) => ({ row })),
  waiting: 0,
  hasBefore,
})

export const settleRows = <T extends RowLike>(
  before: Steady<T>,
  server: readonly T[],
  hand: Hand,
  nowMs: number,
  edges: Edges = WHOLE,
): Steady<T> => {
  const byId = new Map(server.map((row) => [row.id, row]))
  const held = withinEdges(before.shown, byId, edges)
  // Nothing shown that is still held: nothing to keep steady.
  if (held.length === 0) return freshRows(server, edges)

  const kept = keepRows(held, byId, hand, nowMs)
  const ids = new Set(kept.map(({ row }) => row.id))
  const first = server.findIndex(({ id }) => ids.has(id))
  const last = server.findLastIndex(({ id }) => ids.has(id))
  // With no shown row left on the server there is no above and no below: all are new.
  const above = first > 0 && before.hasBefore ? server.slice(0, first) : []
  const below = last < 0 ? [] : server.slice(last + 1)
  const shown = [...above.map((row) => ({ row })), ...kept, ...below.map((row) => ({ row }))]
  if (shown.length === 0) return freshRows(server, edges)
  const waiting = server.filter(({ id }) => !ids.has(id)).length - above.length - below.length
  const after: Steady<T> = { shown, waiting, hasBefore: edges.hasBefore }
  return isSame(before, after) ? before : after
}

/** I4: shown rows from the first to the last that the server's part of the list has. */
const withinEdges = <T extends RowLike>(
  shown: readonly Shown<T>[],
  byId: ReadonlyMap<string, T>,
  { hasBefore, hasAfter }: Edges,
): readonly Shown<T>[] => {
  const isHere = ({ row }: Shown<T>): boolean => byId.has(row.id)
  const from = hasBefore ? shown.findIndex(isHere) : 0
  const to = hasAfter ? shown.findLastIndex(isHere) : shown.length - 1
  return from < 0 ? [] : shown.slice(from, to + 1)
}

/** Rows with what they say now, in the order they stand in (I1); those that are gone as long as they must (I2). */
const keepRows = <T extends RowLike>(
  shown: readonly Shown<T>[],
  byId: ReadonlyMap<string, T>,
  hand: Hand,
  nowMs: number,
): readonly Shown<T>[] => {
  const pointedAt = shown.findIndex(({ row }) => row.id === hand.pointed)
  return shown.flatMap((entry, at): readonly Shown<T>[] => {
    const row = byId.get(entry.row.id)
    if (row !== undefined) return [entry.leftAtMs === undefined && entry.row === row ? entry : { row }]
    if (hand.own.has(entry.row.id)) return []
    const leftAtMs = entry.leftAtMs ?? nowMs
    const isHeld = entry.row.id === hand.focused || at <= pointedAt
    if (nowMs - leftAtMs >= LEAVING_MS && !isHeld) return []
    return [entry.leftAtMs === undefined ? { row: entry.row, leftAtMs } : entry]
  })
}

/** When a leaving row is next due to go; undefined if none is. */
export const nextLeaveMs = <T>({ shown }: Pick<Steady<T>, 'shown'>, nowMs: number): number | undefined => {
  let next: number | undefined
  for (const { leftAtMs } of shown) {
    if (leftAtMs === undefined) continue
    const inMs = Math.max(250, leftAtMs + LEAVING_MS - nowMs)
    if (next === undefined || inMs < next) next = inMs
  }
  return next
}

/** The row to go to when this one is decided or gone: the next that stays, else the one before. */
export const neighbourOf = <T extends RowLike>({ shown }: Pick<Steady<T>, 'shown'>, id: string): T | undefined => {
  const at = shown.findIndex(({ row }) => row.id === id)
  const stays = (entry: Shown<T>): boolean => entry.leftAtMs === undefined && entry.row.id !== id
  return (shown.slice(at + 1).find(stays) ?? shown.slice(0, Math.max(0, at)).findLast(stays))?.row
}

const isSame = <T extends RowLike>(before: Steady<T>, after: Steady<T>): boolean =>
  before.waiting === after.waiting &&
  before.hasBefore === after.hasBefore &&
  before.shown.length === after.shown.length &&
  after.shown.every((entry, at) => entry === before.shown[at])
