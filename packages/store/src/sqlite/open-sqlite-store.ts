import { resolve } from 'node:path'
import { MillraceError, type Store } from '@millrace/protocol'
import { takeDatabase } from '../data-folder.ts'
import { createListeners } from '../listeners.ts'
import { sqliteBatches } from './batches.ts'
import { type Connection, connectReader, connectWriter } from './connection.ts'
import { sqliteDefinitions } from './definitions.ts'
import { storeError } from './errors.ts'
import { sqliteInstances } from './instances.ts'
import { sqliteMaintenance } from './maintenance/maintenance.ts'
import { checkSchema, migrate } from './migrate.ts'
import { sqlitePeople } from './people.ts'
import { createQueryContext } from './queries/context.ts'
import { sqliteQueries } from './queries/queries.ts'
import { createWriter, lastPosition } from './writer.ts'

export interface SqliteStoreOptions {
  /** The file; its folder is made when missing, and locked for this process. */
  readonly path: string
  /** Looks at a store that another process may serve: no lock, and nothing can be written. */
  readonly readOnly?: boolean
  /** Milliseconds since 1970; absent = the machine's clock. */
  readonly now?: () => number
  /** Largest size of the file; beyond it writes are refused with STORE_FULL, as on a full disk. */
  readonly maxBytes?: number
}

/**
 * Opens a store in one SQLite file, brought to the schema of this release. A commit that has returned survives `kill -9` and power loss.
 *
 * @throws MillraceError DATA_FOLDER_IN_USE with the process that serves it, DATA_FOLDER_UNUSABLE, STORE_FULL, NEWER_FORMAT for the file of a newer
 * release
 *
 * @example
 * const store = await openSqliteStore({ path: 'data/millrace.db' })
 * await store.close()
 */
export const openSqliteStore = async (options: SqliteStoreOptions): Promise<Store> => {
  const path = resolve(options.path)
  return options.readOnly === true ? openToRead(path, options) : openToWrite(path, options)
}

const openToWrite = (path: string, { now = Date.now, maxBytes }: SqliteStoreOptions): Store => {
  const lock = takeDatabase(path, now())
  const opened: Connection[] = []
  const close = () => {
    for (const connection of opened.toReversed()) connection.close()
    lock.release()
  }
  try {
    const connection = connectWriter(path, maxBytes)
    opened.push(connection)
    migrate(connection, path)
    const reader = connectReader(path)
    opened.push(reader)
    const listeners = createListeners()
    const writer = createWriter(connection, { path, now, listeners })
    const context = createQueryContext({ connection: reader, lookups: writer.lookups, position: () => writer.position, now })
    return {
      instances: sqliteInstances(writer),
      definitions: sqliteDefinitions(writer),
      people: sqlitePeople(writer),
      batches: sqliteBatches(writer),
      queries: sqliteQueries(context),
      maintenance: sqliteMaintenance(writer),
      subscribe: (listener, nouns) => listeners.add(listener, nouns),
      close: async () => close(),
    }
  } catch (error) {
    close()
    throw storeError(error, path)
  }
}

/** The same code over a connection that cannot write: what would write says so. */
const openToRead = (path: string, { now = Date.now }: SqliteStoreOptions): Store => {
  let connection: Connection | undefined
  try {
    connection = connectReader(path)
    checkSchema(connection, path)
    const reader = connection
    const listeners = createListeners()
    const refuse = (): never => {
      throw new MillraceError('BAD_REQUEST', `${path} was opened to be read only. Send commands to the process that serves it.`)
    }
    const writer = { ...createWriter(reader, { path, now, listeners }), transaction: refuse }
    const context = createQueryContext({ connection: reader, lookups: writer.lookups, position: () => lastPosition(reader), now })
    return {
      instances: sqliteInstances(writer),
      definitions: sqliteDefinitions(writer),
      people: sqlitePeople(writer),
      batches: sqliteBatches(writer),
      queries: sqliteQueries(context),
      maintenance: { ...sqliteMaintenance(writer), checkpoint: async () => refuse(), backup: async () => refuse() },
      subscribe: (listener, nouns) => listeners.add(listener, nouns),
      close: async () => reader.close(),
    }
  } catch (error) {
    connection?.close()
    throw storeError(error, path)
  }
}
