/**
 * The milestone: a step of a graph, a step of a code workflow and a locked execution advance in the same transaction, and a crash at any commit makes no
 * difference.
 */

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openEngine } from '@millrace/engine'
import type { Actor } from '@millrace/kernel'
import type { CommitBatch, Host, Store, TaskRunner } from '@millrace/protocol'
import { openInlineRunner } from '@millrace/runner'
import { bundleWorkflow } from '@millrace/runner/bundle'
import { openMemoryStore } from '@millrace/store'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const ana: Actor = { user: 'ana', groups: ['editors'], isOperator: true }

const REVIEW = `
id: review
title: Review
payload: none
nodes:
  - { id: review, type: participant, assign: "group:editors", routes: { approve: publish, reject: end } }
  - { id: publish, type: process, task: note, with: { who: graph }, next: end }
`
const DEPLOY = `
id: deploy
title: Deploy
payload: none
locks: ["deployment:web"]
nodes:
  - { id: go, type: participant, assign: "group:editors", next: install }
  - { id: install, type: process, task: note, with: { who: locked }, next: end }
`
const REFUND = `
import { workflow, group } from '@millrace/workflow'
import { z } from 'zod'
export default workflow({ id: 'refund', input: z.object({ orderId: z.string() }) }, async (run, input) => {
  const answer = await run.ask({ to: group('editors'), title: 'Refund ' + input.orderId, routes: ['approve', 'reject'] })
  const done = answer.route === 'approve' ? await run.task('note', { who: 'code' }) : 'rejected'
  return { done }
})
`

/** A store whose process dies at one commit: before it, or after it when nobody has been told. */
const crashing = (store: Store, at: number, when: 'before' | 'after'): { readonly store: Store; readonly batches: CommitBatch[] } => {
  const batches: CommitBatch[] = []
  const commit = async (batch: CommitBatch) => {
    batches.push(batch)
    if (batches.length < at) return store.instances.commit(batch)
    // From here on the process is dead: its promises never settle.
    if (batches.length === at && when === 'after') await store.instances.commit(batch)
    return new Promise<never>(() => undefined)
  }
  return { store: { ...store, instances: { ...store.instances, commit } }, batches }
}

describe('one kernel', () => {
  let folder: string
  let bundle: Awaited<ReturnType<typeof bundleWorkflow>>

  beforeAll(async () => {
    folder = await mkdtemp(join(import.meta.dirname, '.one-kernel-'))
    const file = join(folder, 'refund.workflow.ts')
    await writeFile(file, REFUND)
    bundle = await bundleWorkflow(file)
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  /** Tasks that note their idempotency keys outside, as a payment service would: repeats of a key are one effect. */
  const notes = () => {
    const seen = new Map<string, number>()
    const tasks: TaskRunner = {
      run: async (attempt) => {
        seen.set(attempt.key, (seen.get(attempt.key) ?? 0) + 1)
        return { ok: true, output: 'noted' }
      },
      has: (task) => task === 'note',
      list: () => [],
      close: async () => undefined,
    }
    return { tasks, seen }
  }

  const openOver = (store: Store, tasks: TaskRunner): Promise<Host> =>
    openEngine({ store, tasks, runner: openInlineRunner({ loadBundle: (workspace, hash) => store.definitions.bundle(workspace, hash) }) })

  /** Everything is ready: a graph and code wait for a person, one execution holds the lock and another waits for it. */
  const prepare = async () => {
    const store = openMemoryStore()
    await store.people.saveUser(
      { name: 'ana', displayName: 'Ana', roles: ['operator'], groups: [], isActive: true, createdAtMs: 0 },
      'test',
    )
    await store.people.saveGroup({ name: 'editors', title: 'Editors', members: ['ana'] }, 'test')
    const { tasks, seen } = notes()
    const host = await openOver(store, tasks)
    for (const [id, text] of [
      ['review', REVIEW],
      ['deploy', DEPLOY],
    ] as const) {
      await store.definitions.saveDraft(
        { workspace: 'default', id, title: id, text, format: 'yaml', updatedBy: 'test', updatedAtMs: 0 },
        null,
      )
      await host.syncModel('default', id, ana)
    }
    await host.syncCode('default', bundle, ana)
    const review = await host.start({ workspace: 'default', workflow: 'review' }, ana)
    const refund = await host.start({ workspace: 'default', workflow: 'refund', input: { orderId: 'A1' } }, ana)
    const first = await host.start({ workspace: 'default', workflow: 'deploy' }, ana)
    const second = await host.start({ workspace: 'default', workflow: 'deploy', queue: true }, ana)
    expect(second.status).toBe('QUEUED')
    return { store, host, seen, tasks, ids: { review: review.id, refund: refund.id, first: first.id, second: second.id } }
  }

  /** Decides all three at once, without waiting for one another. */
  const decideAll = (host: Host, ids: { readonly review: string; readonly refund: string; readonly first: string }): Promise<unknown> =>
    Promise.allSettled([
      host.command(ids.review, { kind: 'complete', by: ana, step: 1, route: 'approve' }),
      host.command(ids.refund, { kind: 'complete', by: ana, step: 1, route: 'approve' }),
      host.command(ids.first, { kind: 'terminate', by: ana }),
    ])

  const settled = async (host: Host, wanted: readonly [string, string][]): Promise<void> => {
    for (let look = 0; look < 2_000; look++) {
      const statuses = await Promise.all(wanted.map(async ([id, status]) => (await host.instance(id))?.status === status))
      if (statuses.every(Boolean)) return
      await new Promise((resolve) => setImmediate(resolve))
    }
    throw new Error(`Not settled: ${JSON.stringify(await Promise.all(wanted.map(async ([id]) => (await host.instance(id))?.status)))}`)
  }

  it('advances a graph step, a code step and a locked execution in one transaction', async () => {
    const { store, host, tasks, ids } = await prepare()
    await host.close()
    const watched = crashing(store, Number.POSITIVE_INFINITY, 'after')
    // The function's calls come at the moment the two others are decided; nothing else holds the tick open for them.
    const inline = openInlineRunner({ loadBundle: (workspace, hash) => store.definitions.bundle(workspace, hash) })
    let reached: () => void = () => undefined
    let open: () => void = () => undefined
    const atGate = new Promise<void>((resolve) => (reached = resolve))
    const gate = new Promise<void>((resolve) => (open = resolve))
    const again = await openEngine({
      store: watched.store,
      tasks,
      runner: {
        ...inline,
        advance: async (request) => {
          const answer = await inline.advance(request)
          reached()
          await gate
          return answer
        },
      },
    })
    const refund = again.command(ids.refund, { kind: 'complete', by: ana, step: 1, route: 'approve' })
    await atGate
    const others = [
      again.command(ids.review, { kind: 'complete', by: ana, step: 1, route: 'approve' }),
      again.command(ids.first, { kind: 'terminate', by: ana }),
    ]
    open()
    await Promise.all([refund, ...others])
    const [together] = watched.batches
    const typesOf = (id: string) => together?.changes.find((change) => change.after.id === id)?.facts.map((fact) => fact.t)
    expect(typesOf(ids.review)).toEqual(['closed', 'opened'])
    expect(typesOf(ids.refund)).toEqual(['closed', 'opened'])
    expect(typesOf(ids.first)).toEqual(['withdrawn', 'ended'])
    expect(typesOf(ids.second)).toEqual(['admitted', 'opened'])
    await again.close()
  })

  it('makes no difference when the process dies before or after any commit', async () => {
    const outcome = async (at: number, when: 'before' | 'after') => {
      const { store, host, tasks, seen, ids } = await prepare()
      await host.close()
      const dying = crashing(store, at, when)
      const doomed = await openOver(dying.store, tasks)
      void decideAll(doomed, ids)
      for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve))
      const heir = await openOver(store, tasks)
      // The caller repeats what was not answered, as a client does; what was done already is refused, not done twice.
      await decideAll(heir, ids)
      await settled(heir, [
        [ids.review, 'COMPLETED'],
        [ids.refund, 'COMPLETED'],
        [ids.first, 'ABORTED'],
        [ids.second, 'RUNNING'],
      ])
      const report = await heir.doctor({})
      const types = async (id: string) => (await store.queries.history(id, { limit: 100 })).map((entry) => entry.type)
      const result = {
        histories: await Promise.all(Object.values(ids).map(types)),
        output: (await heir.instance(ids.refund))?.output,
        effects: [...seen.keys()].map((key) => key.split(':')[1] ?? '').sort(),
        stale: report.stale.length,
        commits: dying.batches.length,
      }
      await heir.close()
      return result
    }
    const { commits, ...undisturbed } = await outcome(Number.POSITIVE_INFINITY, 'after')
    expect(undisturbed).toMatchObject({ output: { done: 'noted' }, effects: ['2', '2'], stale: 0 })
    expect(commits).toBeGreaterThanOrEqual(2)
    for (let at = 1; at <= commits; at++) {
      for (const when of ['before', 'after'] as const) {
        const { commits: _, ...crashed } = await outcome(at, when)
        expect({ at, when, ...crashed }).toEqual({ at, when, ...undisturbed })
      }
    }
  })
})
