import { existsSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '@millrace/engine'
import { openSqliteStore } from '@millrace/store'
import type { Disk } from './run-simulation.ts'

/** A real file. A crash leaves what a killed process leaves: the file and its log as they are at that moment, with nothing closed. */
export const openSqliteDisk = async (clock: Clock): Promise<Disk> => {
  const root = await mkdtemp(join(tmpdir(), 'millrace-sim-'))
  let crashes = 0
  const openAt = async (folder: string): Promise<Disk> => {
    const path = join(folder, 'millrace.db')
    const store = await openSqliteStore({ path, now: () => clock.now() })
    return {
      store,
      crash: async () => {
        const next = join(root, String(++crashes))
        await mkdir(next)
        for (const suffix of ['', '-wal']) {
          if (existsSync(path + suffix)) await copyFile(path + suffix, join(next, `millrace.db${suffix}`))
        }
        await store.close()
        await rm(folder, { recursive: true, force: true })
        return openAt(next)
      },
      close: async () => {
        await store.close()
        await rm(root, { recursive: true, force: true })
      },
    }
  }
  const first = join(root, '0')
  await mkdir(first)
  return openAt(first)
}
