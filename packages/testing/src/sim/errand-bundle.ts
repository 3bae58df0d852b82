import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CodeBundle } from '@millrace/protocol'
import { bundleWorkflow } from '@millrace/runner/bundle'
import { ERRAND } from './workload.ts'

/** The code workflow of the simulation, bundled once for all seeds. */
export const bundleErrand = async (): Promise<CodeBundle> => {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-sim-'))
  try {
    const file = join(folder, 'errand.workflow.ts')
    await writeFile(file, ERRAND)
    return await bundleWorkflow(file)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
