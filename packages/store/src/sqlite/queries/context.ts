import type { Connection } from '../connection.ts'
import { createLoader, type Loader } from '../load.ts'
import type { Lookups } from '../lookups.ts'

/** What every query needs. */
export interface QueryContext {
  /** A connection that cannot write. */
  readonly connection: Connection
  readonly lookups: Lookups
  readonly loader: Loader
  readonly position: () => number
  readonly now: () => number
}

export const createQueryContext = (options: Omit<QueryContext, 'loader'>): QueryContext => ({
  ...options,
  loader: createLoader(options.connection, options.lookups),
})
