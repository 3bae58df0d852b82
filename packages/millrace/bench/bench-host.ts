import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Actor } from '@millrace/kernel'
import type { Host } from '@millrace/protocol'
import { bundleWorkflow } from '@millrace/runner/bundle'
import { openMillrace } from '../src/index.ts'
import { chain, codeChain, LOOP, PARKED, SLEEPERS, split } from './models.ts'

export const operator: Actor = { user: 'bench', groups: ['everybody'], isOperator: true }

/** A host on a real file, with the process runner, and everything the benchmark starts. */
export const openBenchHost = async (folder: string): Promise<Host> => {
  const host = await openMillrace({ path: join(folder, 'millrace.db'), runner: 'process' })
  await host.store.people.saveUser(
    { name: 'bench', displayName: 'Bench', roles: ['operator'], groups: [], isActive: true, createdAtMs: 0 },
    'bench',
  )
  await host.store.people.saveGroup({ name: 'everybody', title: 'Everybody', members: ['bench'] }, 'bench')
  for (const text of [chain(1), chain(10), chain(10, { transient: true }), PARKED, SLEEPERS, LOOP, split(1_000)]) await syncText(host, text)
  // Inside the package, so that the workflow's imports are found as in a project.
  const sources = join(import.meta.dirname, '.sources')
  mkdirSync(sources, { recursive: true })
  try {
    for (const n of [1, 10]) {
      const file = join(sources, `code-${n}.workflow.ts`)
      writeFileSync(file, codeChain(n))
      await host.syncCode('default', await bundleWorkflow(file), operator)
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
