import type { Actor } from '@millrace/kernel'
import { type CommitBatch, type Host, MillraceError, type Store, type TaskRunner } from '@millrace/protocol'
import { openMemoryStore } from '@millrace/store'
import { afterEach, describe, expect, it } from 'vitest'
import { openEngine } from '../index.ts'

const ana: Actor = { user: 'ana', groups: [], isOperator: true }
const noTasks: TaskRunner = {
  run: () => ({ ok: true }),
  has: (task) => task === 'log',
  list: () => [],
  close: async () => undefined,
}

let host: Host
afterEach(() => host.close())

const REVIEW = `
id: review
title: Review
nodes:
  - { id: review, type: participant, assign: initiator, next: end }
`

const open = async (change: (store: Store) => Store = (store) => store, onFailed?: (error: MillraceError) => void): Promise<Store> => {
  const store = openMemoryStore()
  await store.people.saveUser({ name: 'ana', displayName: 'Ana', roles: ['member'], groups: [], isActive: true, createdAtMs: 0 }, 'test')
  host = await openEngine({
    store: change(store),
    tasks: noTasks,
    runner: { advance: () => Promise.reject(new Error('no code')), forget: () => undefined, close: async () => undefined },
    onDefect: () => undefined,
    ...(onFailed === undefined ? {} : { onFailed }),
  })
  await store.definitions.saveDraft(
    { workspace: 'default', id: 'review', title: 'Review', text: REVIEW, format: 'yaml', updatedBy: 'test', updatedAtMs: 0 },
    null,
  )
  await host.syncModel('default', 'review', ana)
  return store
}

const startReview = (): Promise<{ readonly id: string }> => host.start({ workspace: 'default', workflow: 'review' }, ana)
const complete = (id: string) => host.command(id, { kind: 'complete', by: ana, step: 1 })

/** A store of which one instance cannot be read. */
const unreadable =
  (isBroken: (id: string) => boolean) =>
  (store: Store): Store => ({
    ...store,
    instances: {
      ...store.instances,
      load: async (ids) => {
        if (ids.some(isBroken)) throw new Error('undecodable')
        return store.instances.load(ids)
      },
    },
  })

describe('a tick', () => {
  it('in which one instance cannot be read goes on for the others', async () => {
    let broken = ''
    await open(unreadable((id) => id === broken))
    const [bad, good] = await Promise.all([startReview(), startReview()])
    // Read before, so that only the tick meets what cannot be read.
    const submitted = [complete(bad.id), complete(good.id)]
    broken = bad.id
    const [first, second] = await Promise.allSettled(submitted)
    expect(second).toMatchObject({ status: 'fulfilled', value: { status: 'COMPLETED' } })
    expect(first).toMatchObject({ status: 'rejected', reason: { message: 'undecodable' } })
    expect((await startReview()).id).not.toBe('')
  })

  it('that the disk refuses to sync ends the host: nothing is tried again, and everybody is told', async () => {
    const commits: CommitBatch[] = []
    let isFailing = false
    const failed: MillraceError[] = []
    await open(
      (store) => ({
        ...store,
        instances: {
          ...store.instances,
          commit: async (batch) => {
            commits.push(batch)
            if (isFailing) throw new MillraceError('STORE_FAILED', 'The disk failed: fsync.')
            return store.instances.commit(batch)
          },
        },
      }),
      (error) => failed.push(error),
    )
    const { id } = await startReview()
    const before = commits.length
    isFailing = true
    const both = await Promise.allSettled([startReview(), complete(id)])
    expect(both.map((each) => each.status === 'rejected' && (each.reason as MillraceError).code)).toEqual(['STORE_FAILED', 'STORE_FAILED'])
    isFailing = false
    await expect(startReview()).rejects.toMatchObject({ code: 'STORE_FAILED' })
    expect(commits.length).toBe(before + 1)
    expect(failed.map(({ code }) => code)).toEqual(['STORE_FAILED'])
    expect(host.health()).toMatchObject({ ok: false })
  })

  it('does not start what was deleted, though its program is in memory', async () => {
    await open()
    expect(await host.deleteWorkflow('default', 'review', ana)).toEqual({ deleted: [1], kept: [] })
    await expect(startReview()).rejects.toMatchObject({ code: 'NO_VERSION' })
  })
})
