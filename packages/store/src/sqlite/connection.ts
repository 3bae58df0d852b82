/** One connection to the file, with its statements prepared once and kept. */

import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { JsonValue } from '@millrace/model'
import { contains, isAt } from '../projections/data-filter.ts'

export interface Connection {
  readonly db: DatabaseSync
  /** The statement of this text, prepared at its first use. Texts are constants of the code, so their number is bounded. */
  readonly sql: (text: string) => StatementSync
  readonly close: () => void
}

const connect = (db: DatabaseSync): Connection => {
  const statements = new Map<string, StatementSync>()
  return {
    db,
    sql: (text) => {
      const kept = statements.get(text)
      if (kept !== undefined) return kept
      const statement = db.prepare(text)
      statements.set(text, statement)
      return statement
    },
    close: () => {
      statements.clear()
      db.close()
    },
  }
}

/** 4 KiB: a commit of one instance touches some eight pages, and each goes to the log whole; larger pages only helped batches, by 3%. */
const PAGE_BYTES = 4_096
/** Log pages after which a commit also moves them into the file: 4 MiB, 4 to 8 ms. Rarer and larger checkpoints were no faster and cost a longer pause. */
const CHECKPOINT_PAGES = 1_000
/** A log that grew while a backup or a reader held it back is cut to this when it begins anew. */
const LOG_LIMIT_BYTES = 64 * 1_048_576
/** Hot pages of the writer: the right edges of all trees and their interiors. What is missed comes from the system's own cache, so more would only be memory. */
const WRITER_CACHE_KIB = 16_384
/** A reader's cache is emptied by every commit of the writer, so a large one is memory for nothing. */
const READER_CACHE_KIB = 8_192
/** Only a stranger (a shell on the file) can hold a lock for long; our own processes do not meet. */
const BUSY_MS = 5_000

/**
 * The one connection that writes: WAL, and `synchronous=FULL`, so that a commit that has returned survives power loss.
 *
 * @param maxBytes largest size of the file; a write beyond it is refused like a full disk
 */
export const connectWriter = (path: string, maxBytes?: number): Connection => {
  const db = new DatabaseSync(path, { timeout: BUSY_MS, enableForeignKeyConstraints: true })
  db.exec(`
    pragma page_size = ${PAGE_BYTES};
    pragma journal_mode = wal;
    pragma synchronous = full;
    pragma wal_autocheckpoint = ${CHECKPOINT_PAGES};
    pragma journal_size_limit = ${LOG_LIMIT_BYTES};
    pragma cache_size = -${WRITER_CACHE_KIB};
    pragma temp_store = memory;
    pragma trusted_schema = off;
  `)
  if (maxBytes !== undefined) db.exec(`pragma max_page_count = ${Math.max(1, Math.floor(maxBytes / PAGE_BYTES))}`)
  return connect(db)
}

/** A connection that cannot write. Queries run here, so that none can change anything and none meets a transaction half done. */
export const connectReader = (path: string): Connection => {
  const db = new DatabaseSync(path, { readOnly: true, timeout: BUSY_MS })
  db.exec(`pragma cache_size = -${READER_CACHE_KIB}; pragma temp_store = memory; pragma trusted_schema = off;`)
  db.function('contains', { deterministic: true }, (text, part) => (contains(String(text), String(part)) ? 1 : 0))
  db.function('is_at', { deterministic: true }, (data, path, wanted) =>
    isAt(JSON.parse(String(data)) as JsonValue, String(path), String(wanted)) ? 1 : 0,
  )
  return connect(db)
}
