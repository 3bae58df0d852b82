import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { everythingIn, randomTicks } from '@millrace/testing/store-contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openMemoryStore } from '../memory/open-memory-store.ts'
import { openSqliteStore } from './open-sqlite-store.ts'

test('SQLite and plain Maps give the same answer to every question after the same random ticks', async () => {
  await fc.assert(
    fc.asyncProperty(randomTicks(), async (ticks) => {
      const folder = await mkdtemp(join(tmpdir(), 'millrace-parity-'))
      const now = () => 12_000
      const sqlite = await openSqliteStore({ path: join(folder, 'millrace.db'), now })
      const memory = openMemoryStore({ now })
      try {
        for (const tick of ticks) {
          const [one, other] = await Promise.all([sqlite.instances.commit(tick), memory.instances.commit(tick)])
          expect(one).toEqual(other)
        }
        const ids = [...new Set(ticks.flatMap(({ changes }) => changes.map(({ after }) => after.id)))]
        expect(await everythingIn(sqlite, ids)).toEqual(await everythingIn(memory, ids))
      } finally {
        await sqlite.close()
        await rm(folder, { recursive: true })
      }
    }),
    { numRuns: 15 },
  )
})
