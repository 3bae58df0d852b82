import type { Actor } from '@millrace/kernel'
import type { Host, TaskOutcome, TaskRunner } from '@millrace/protocol'
import { openMemoryStore } from '@millrace/store'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { openEngine } from './index.ts'

const ana: Actor = { user: 'ana', groups: ['editors'], isOperator: false }
const bo: Actor = { user: 'bo', groups: [], isOperator: false }
const admin: Actor = { user: 'admin', groups: [], isOperator: true }

/** Tasks by name; each is a plain function that the test controls. */
const tasksOf = (tasks: { readonly [name: string]: () => TaskOutcome | Promise<TaskOutcome> }): TaskRunner => ({
  run: (attempt) => tasks[attempt.task]?.() ?? { ok: false, error: { code: 'TASK_UNKNOWN', message: attempt.task } },
  has: (task) => task in tasks,
  list: () => [],
  close: async () => undefined,
})

let host: Host
afterEach(() => host.close())

const open = async (models: readonly string[], tasks: Parameters<typeof tasksOf>[0] = { log: () => ({ ok: true }) }) => {
  const store = openMemoryStore()
  for (const name of ['ana', 'bo', 'admin']) {
    await store.people.saveUser({ name, displayName: name, roles: ['member'], groups: [], isActive: true, createdAtMs: 0 }, 'test')
  }
  await store.people.saveGroup({ name: 'editors', title: 'Editors', members: ['ana'] }, 'test')
  host = await openEngine({
    store,
    tasks: tasksOf(tasks),
    runner: { advance: () => Promise.reject(new Error('no code')), forget: () => undefined, close: async () => undefined },
  })
  for (const text of models) {
    const id = /id: (\S+)/.exec(text)?.[1] ?? ''
    await store.definitions.saveDraft(
      { workspace: 'default', id, title: id, text, format: 'yaml', updatedBy: 'test', updatedAtMs: 0 },
      null,
    )
    await host.syncModel('default', id, admin)
  }
}

/** Resolves when the instance has ended. */
const ended = (id: string): Promise<string> =>
  new Promise((resolve) => {
    const look = async () => {
      const instance = await host.instance(id)
      if (instance !== undefined && ['COMPLETED', 'FAILED', 'ABORTED'].includes(instance.status)) {
        stop()
        resolve(instance.status)
      }
    }
    const stop = host.subscribe(() => void look())
    void look()
  })

const REVIEW = `
id: review
title: Review
payload: path
nodes:
  - { id: review, type: participant, assign: "group:editors", routes: { approve: publish, reject: rework } }
  - { id: rework, type: participant, assign: initiator, next: review }
  - { id: publish, type: process, task: log, next: end }
`

describe('the embedded host', () => {
  it('runs an approval from start to end', async () => {
    await open([REVIEW])
    const { id, status } = await host.start({ workspace: 'default', workflow: 'review', payload: { kind: 'path', ref: '/content/a' } }, bo)
    expect(status).toBe('RUNNING')
    expect(await host.why(id)).toMatchObject({ code: 'PERSON', who: ['group:editors'] })
    await host.command(id, { kind: 'complete', by: ana, step: 1, route: 'reject', comment: 'typo' })
    await host.command(id, { kind: 'complete', by: bo, step: 2 })
    await host.command(id, { kind: 'complete', by: ana, step: 3, route: 'approve' })
    expect(await ended(id)).toBe('COMPLETED')
    const history = await host.store.queries.history(id, { limit: 100 })
    expect(history.map((entry) => `${entry.type}:${entry.node ?? ''}`)).toEqual([
      'created:',
      'opened:review',
      'closed:review',
      'opened:rework',
      'closed:rework',
      'opened:review',
      'closed:review',
      'opened:publish',
      'closed:publish',
      'passed:end',
      'ended:',
    ])
  })

  it('lets one of a thousand completions win and tells the others who was first', async () => {
    await open([REVIEW])
    const { id } = await host.start({ workspace: 'default', workflow: 'review', payload: { kind: 'path', ref: '/a' } }, bo)
    const results = await Promise.allSettled(
      Array.from({ length: 1_000 }, () => host.command(id, { kind: 'complete', by: ana, step: 1, route: 'approve' })),
    )
    const won = results.filter((result) => result.status === 'fulfilled')
    expect(won).toHaveLength(1)
    const lost = results.find((result) => result.status === 'rejected')
    expect(lost).toMatchObject({ reason: { code: 'STEP_CLOSED', details: { decidedBy: 'ana' } } })
  })

  it('gives the first answer again to the same Idempotency-Key, and refuses another body', async () => {
    await open([REVIEW])
    const start = (bodyHash: string) =>
      host.start({ workspace: 'default', workflow: 'review', payload: { kind: 'path', ref: '/a' } }, bo, {
        idempotency: { user: 'bo', route: 'start', key: 'k', bodyHash },
      })
    const [first, again] = await Promise.all([start('a'), start('a')])
    const later = await start('a')
    expect(first?.seq).toBeGreaterThan(0)
    expect(again).toEqual(first)
    expect(later).toEqual(first)
    await expect(start('b')).rejects.toMatchObject({ code: 'IDEMPOTENCY_MISMATCH' })
  })

  it('publishes a message once per Idempotency-Key, and keeps its answer in the same commit', async () => {
    await open([])
    const commits = vi.spyOn(host.store.instances, 'commit')
    const publish = (body: number) =>
      host.publish({ workspace: 'default', name: 'paid', body }, bo, {
        idempotency: { user: 'bo', route: 'publish', key: 'k', bodyHash: String(body) },
      })
    expect(await Promise.all([publish(1), publish(1)])).toEqual([{ received: 0 }, { received: 0 }])
    expect(await publish(1)).toEqual({ received: 0 })
    await expect(publish(2)).rejects.toMatchObject({ code: 'IDEMPOTENCY_MISMATCH' })
    expect(await host.store.instances.keptMessages({ after: 0, limit: 9 })).toMatchObject([{ name: 'paid', body: 1 }])
    expect(commits.mock.calls.map(([batch]) => [batch.keptMessages?.length, batch.answers?.length])).toEqual([[1, 1]])
  })

  it('queues the second execution of a lock behind the first, a system-wide one behind both, and admits them in order', async () => {
    await open([REVIEW])
    const request = { workspace: 'default', workflow: 'review', payload: { kind: 'path', ref: '/a' } as const }
    const first = await host.start({ ...request, locks: ['deployment:web'] }, bo)
    await expect(host.start({ ...request, locks: ['deployment:web'] }, bo)).rejects.toMatchObject({ code: 'LOCK_HELD' })
    const second = await host.start({ ...request, locks: ['deployment:web'], queue: true }, bo)
    const system = await host.start({ ...request, locks: ['system'], queue: true }, bo)
    expect([second.status, second.position, system.status, system.position]).toEqual(['QUEUED', 1, 'QUEUED', 2])
    expect(await host.why(second.id)).toMatchObject({
      code: 'QUEUED',
      blockers: [['instance', first.id]],
      params: { lock: 'deployment:web', position: 1 },
    })
    const forced = await host.start({ ...request, locks: ['deployment:other'], force: true, queue: true }, bo)
    expect(forced.status).toBe('QUEUED')
    await host.command(first.id, { kind: 'terminate', by: admin })
    expect((await host.instance(second.id))?.status).toBe('RUNNING')
    expect((await host.instance(system.id))?.status).toBe('QUEUED')
    await host.command(second.id, { kind: 'terminate', by: admin })
    expect((await host.instance(system.id))?.status).toBe('RUNNING')
  })

  it('starts a child for a container and goes on when it has ended', async () => {
    await open(
      [
        'id: child\ntitle: Child\npayload: none\nnodes:\n  - { id: a, type: process, task: log, next: end }\n',
        'id: parent\ntitle: Parent\npayload: none\nnodes:\n  - { id: c, type: container, workflow: child, payload: {}, next: b }\n  - { id: b, type: process, task: log, next: end }\n'.replace(
          ', payload: {}',
          '',
        ),
      ],
      { log: () => ({ ok: true }) },
    )
    const { id } = await host.start({ workspace: 'default', workflow: 'parent' }, bo)
    expect(await ended(id)).toBe('COMPLETED')
  })

  it('writes nothing of a transient instance that runs through', async () => {
    await open([
      'id: quick\ntitle: Quick\npayload: none\ntransient: true\nnodes:\n  - { id: a, type: process, task: log, next: b }\n  - { id: b, type: process, task: log, next: end }\n',
    ])
    const answer = await host.start({ workspace: 'default', workflow: 'quick' }, bo)
    expect(answer.status).toBe('COMPLETED')
    expect(await host.instance(answer.id)).toBeUndefined()
  })

  it('hands a message that came early to the step that waits for it later', async () => {
    await open(['id: waits\ntitle: Waits\npayload: none\nnodes:\n  - { id: w, type: wait, message: paid, next: end }\n'])
    await host.publish({ workspace: 'default', name: 'paid', body: 1 }, admin)
    const { id } = await host.start({ workspace: 'default', workflow: 'waits' }, bo)
    expect(await ended(id)).toBe('COMPLETED')
  })
})
