import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Actor } from '@millrace/kernel'
import type { Host } from '@millrace/protocol'
import { bundleInProcess } from '@millrace/runner/bundle'
import { openMillrace } from '../src/index.ts'
import { chain, codeChain, LOOP, SLEEPERS, split } from './models.ts'

export const operator: Actor = { user: 'bench', groups: ['everybody'], isOperator: true }

/** A host on a real file, with the process runner and the models that are given. */
export const openHostWith = async (folder: string, models: readonly string[]): Promise<Host> => {
  const host = await openMillrace({ path: join(folder, 'millrace.db'), runner: 'process' })
  await host.store.people.saveUser(
    { name: 'bench', displayName: 'Bench', roles: ['operator'], groups: [], isActive: true, createdAtMs: 0 },
    'bench',
  )
  await host.store.people.saveGroup({ name: 'everybody', title: 'Everybody', members: ['bench'] }, 'bench')
  for (const text of models) await syncText(host, text)
  return host
}

/** A host with everything the benchmark starts. */
export const openBenchHost = async (folder: string): Promise<Host> => {
  const host = await openHostWith(folder, [chain(1), chain(10), chain(10, { transient: true }), SLEEPERS, LOOP, split(1_000)])
  // Inside the package, so that the workflow's imports are found as in a project.
  const sources = join(import.meta.dirname, '.sources')
  mkdirSync(sources, { recursive: true })
  try {
    const files = [1, 10].map((n) => join(sources, `code-${n}.workflow.ts`))
    for (const [index, file] of files.entries()) writeFileSync(file, codeChain([1, 10][index] ?? 1))
    // As a server does it: the bundler's memory is not the host's.
    for (const bundled of await bundleInProcess(files)) {
      if (bundled instanceof Error) throw bundled
      await host.syncCode('default', bundled.bundle, operator)
    }
  } finally {
    rmSync(sources, { recursive: true, force: true })
  }
  return host
}

const syncText = async (host: Host, text: string): Promise<void> => {
  const id = /^id: (\S+)/m.exec(text)?.[1] ?? ''
  await host.store.definitions.saveDraft(
    { workspace: 'default', id, title: id, text, format: 'yaml', updatedBy: 'bench', updatedAtMs: 0 },
    null,
  )
  await host.syncModel('default', id, operator)
}

/** Resolves when nothing runs any more. */
export const drained = async (host: Host): Promise<void> => {
  for (;;) {
    const { byStatus } = await host.store.queries.instanceCounts('default', { user: 'bench', groups: [], seesAll: true })
    if ((byStatus['RUNNING'] ?? 0) === 0) return
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
}
