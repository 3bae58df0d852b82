import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Runs the test with a folder of its own, which is gone afterwards. */
export const withFolder = (run: (folder: string) => Promise<void>): (() => Promise<void>) => {
  return async () => {
    const folder = await mkdtemp(join(tmpdir(), 'millrace-test-'))
    try {
      await run(folder)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
}
