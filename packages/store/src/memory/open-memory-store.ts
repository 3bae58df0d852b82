import type { Store } from '@millrace/protocol'
import { memoryBatches } from './batches.ts'
import { memoryDefinitions } from './definitions.ts'
import { memoryInstances } from './instances.ts'
import { memoryMaintenance } from './maintenance.ts'
import { memoryPeople } from './people.ts'
import { memoryQueries } from './queries/queries.ts'
import { createTables } from './tables.ts'

export interface MemoryStoreOptions {
  /** Milliseconds since 1970; what a virtual clock of a test says. Absent = the machine's clock. */
  readonly now?: () => number
}

/**
 * A store in plain Maps that passes the same contract suite as SQLite: for tests, simulations and `millrace simulate`. Nothing survives the process.
 *
 * @example const store = openMemoryStore({ now: () => clock.nowMs })
 */
export const openMemoryStore = (options: MemoryStoreOptions = {}): Store => {
  const tables = createTables(options.now ?? Date.now)
  return {
    instances: memoryInstances(tables),
    definitions: memoryDefinitions(tables),
    people: memoryPeople(tables),
    batches: memoryBatches(tables),
    queries: memoryQueries(tables),
    maintenance: memoryMaintenance(tables),
    subscribe: (listener, nouns) => tables.listeners.add(listener, nouns),
    close: async () => undefined,
  }
}
