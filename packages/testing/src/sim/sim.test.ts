import type { CodeBundle } from '@millrace/protocol'
import { beforeAll, describe, expect, test } from 'vitest'
import { bundleErrand } from './errand-bundle.ts'
import { openMemoryDisk } from './memory-disk.ts'
import { runSimulation } from './run-simulation.ts'
import { openSqliteDisk } from './sqlite-disk.ts'

/** The same seeds for everybody: a find must stop the change that made it, not the next one. `npm run sim` looks further. */
const seed = Number(process.env['MILLRACE_SEED'] ?? 20_778)
process.stdout.write(`Simulator: first seed ${seed}. Again with MILLRACE_SEED=${seed}, longer with npm run sim.\n`)

describe('random work on a host that dies, with tasks that answer late, twice or never', () => {
  let bundle: CodeBundle
  beforeAll(async () => {
    bundle = await bundleErrand()
  })

  const play = async (seeds: number, openDisk: typeof openMemoryDisk): Promise<readonly string[]> => {
    const found: string[] = []
    for (let n = 0; n < seeds; n++) {
      const { violations } = await runSimulation({ seed: seed + n, bundle, openDisk })
      found.push(...violations.map((violation) => `seed ${seed + n}: ${violation}`))
    }
    return found
  }

  test('loses nothing, does nothing twice and leaves nothing unexplained in memory', { timeout: 180_000 }, async () => {
    expect(await play(30, openMemoryDisk)).toEqual([])
  })

  test('does the same for the same seed, and something else for another', { timeout: 60_000 }, async () => {
    const run = (of: number) => runSimulation({ seed: of, bundle, openDisk: openMemoryDisk, actions: 120 })
    const [first, again, other] = [await run(seed), await run(seed), await run(seed + 1)]
    expect(first.trace.length).toBeGreaterThan(1_000)
    expect(first.crashes).toBeGreaterThan(0)
    expect(again).toEqual(first)
    expect(other.trace).not.toBe(first.trace)
  })

  test('nor on a file that is closed by force', { timeout: 180_000 }, async () => {
    expect(await play(6, openSqliteDisk)).toEqual([])
  })
})
