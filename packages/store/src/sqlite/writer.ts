/**
 * The writing side of the file.
 *
 * Owns: the writing connection, transactions, feed positions, and what is remembered between commits. Neighbours: `tables/` know the statements, `commit.ts`
 * what a tick writes.
 *
 * Invariants:
 * I1. At most one transaction, begun and ended in one synchronous call: nothing else can come in between.
 * I2. A transaction that fails leaves memory as it was: positions, numbers of names, rows gathered.
 * I3. Positions grow in commit order and are never given twice, also not after a purge of the newest rows.
 */
import type { FeedEvent } from '@millrace/protocol'
import type { Listeners } from '../listeners.ts'
import type { Connection } from './connection.ts'
import { storeError } from './errors.ts'
import { createHandles, type Handles } from './handles.ts'
import { createLookups, type Lookups } from './lookups.ts'

export interface Writer {
  readonly connection: Connection
  readonly lookups: Lookups
  readonly handles: Handles
  readonly listeners: Listeners
  readonly path: string
  readonly now: () => number
  /** Position of the last commit. */
  readonly position: number
  /** Runs `work` in one transaction. @throws MillraceError STORE_FULL, STORE_FAILED */
  readonly transaction: <T>(work: () => T) => T
  /** Takes `count` positions inside a transaction; the answer is the last of them. */
  readonly take: (count: number) => number
  /** Called when a transaction fails: forget what was gathered for it. */
  readonly onRollback: (forget: () => void) => void
  /** A change outside instances: its row in the feed, told to listeners after the commit. */
  readonly announce: (event: Omit<FeedEvent, 'seq' | 'atMs'>) => void
}

/** Setting that keeps the highest position ever given across a purge. */
export const POSITION_SETTING = 'store.position'

export const createWriter = (
  connection: Connection,
  options: { readonly path: string; readonly now: () => number; readonly listeners: Listeners },
): Writer => {
  const { sql, db } = connection
  const { listeners, now, path } = options
  const lookups = createLookups(connection)
  const handles = createHandles(connection)
  const forgets: (() => void)[] = [lookups.forgetNew]
  const begin = db.prepare('begin immediate')
  const commit = db.prepare('commit')
  let position = lastPosition(connection)
  let announced: FeedEvent[] = []

  const rollback = () => {
    // After SQLITE_FULL and some I/O errors the transaction is gone already, and a rollback would hide the reason behind an error of its own.
    if (db.isTransaction) db.exec('rollback')
  }

  return {
    connection,
    lookups,
    handles,
    listeners,
    path,
    now,
    get position() {
      return position
    },
    transaction: (work) => {
      const before = position
      try {
        begin.run()
        const result = work()
        commit.run()
        lookups.keepNew()
        const events = announced
        announced = []
        listeners.tell(events)
        return result
      } catch (error) {
        position = before
        announced = []
        for (const forget of forgets) forget()
        rollback()
        throw storeError(error, path)
      }
    },
    take: (count) => {
      position += count
      return position
    },
    onRollback: (forget) => void forgets.push(forget),
    announce: (event) => {
      const placed = { seq: ++position, atMs: now(), ...event }
      announced.push(placed)
      sql('insert into change (position, at, noun, id, workspace, version, changed) values (?, ?, ?, ?, ?, ?, ?)').run(
        placed.seq,
        placed.atMs,
        placed.noun,
        placed.id,
        placed.workspace ?? null,
        placed.version ?? null,
        JSON.stringify(placed.changed),
      )
    },
  }
}

/** Reads the right edge of fact and change, and the setting a purge left. */
export const lastPosition = ({ sql }: Connection): number => {
  const row = sql(
    `select max(coalesce((select max(position) from fact), 0), coalesce((select max(position) from change), 0),
      coalesce((select value from setting where name = '${POSITION_SETTING}'), 0) + 0) as position`,
  ).get()
  return Number(row?.['position'] ?? 0)
}
