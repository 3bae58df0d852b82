import type { Clock } from '@millrace/engine'
import { openMemoryStore } from '@millrace/store'
import type { Disk } from './run-simulation.ts'

/** A store in memory, which the next host finds as the last one left it. */
export const openMemoryDisk = async (clock: Clock): Promise<Disk> => {
  const store = openMemoryStore({ now: () => clock.now() })
  const disk: Disk = { store, crash: async () => disk, close: () => store.close() }
  return disk
}
