import type { Actor } from '@millrace/kernel'
import type { Batch, CreateBatch, Host, Store, TaskOutcome, TaskRunner } from '@millrace/protocol'
import { openMemoryStore } from '@millrace/store'
import { afterEach, describe, expect, it } from 'vitest'
import { openEngine } from '../index.ts'

const admin: Actor = { user: 'admin', groups: [], isOperator: true }
const REQUEST: CreateBatch = { action: 'retry', stages: [1, 10], stopAtFailure: true }

const CHARGE = `
id: charge
title: Charge
payload: json
nodes:
  - { id: charge, type: process, task: charge, retry: { attempts: 1 }, next: end }
`

const FAILED: TaskOutcome = { ok: false, error: { code: 'TASK_FAILED', message: 'HTTP 503', retryable: false } }

/** A task that the test holds in its hand: what it answers, and when. */
const handheld = () => {
  const runs: { readonly instance: string; readonly answer: (outcome: TaskOutcome) => void }[] = []
  const counts = new Map<string, number>()
  const looks = new Set<() => void>()
  let decide: (instance: string) => TaskOutcome | 'held' = () => FAILED
  const tasks: TaskRunner = {
    run: ({ instance }) => {
      counts.set(instance, (counts.get(instance) ?? 0) + 1)
      const outcome = decide(instance)
      if (outcome !== 'held') return outcome
      const answered = new Promise<TaskOutcome>((answer) => runs.push({ instance, answer }))
      for (const look of looks) look()
      return answered
    },
    has: (task) => task === 'charge',
    list: () => [],
    close: async () => undefined,
  }
  return {
    tasks,
    counts,
    runs,
    /** So many attempts are in the test's hand. */
    holds: (count: number): Promise<void> =>
      new Promise((resolve) => {
        const look = () => {
          if (runs.length !== count) return
          looks.delete(look)
          resolve()
        }
        looks.add(look)
        look()
      }),
    answer: (with_: (instance: string) => TaskOutcome | 'held') => {
      decide = with_
    },
  }
}

const runner = { advance: () => Promise.reject(new Error('no code')), forget: () => undefined, close: async () => undefined }

let host: Host
afterEach(() => host.close())

const sync = async (store: Store) => {
  await store.definitions.saveDraft(
    { workspace: 'default', id: 'charge', title: 'Charge', text: CHARGE, format: 'yaml', updatedBy: 'test', updatedAtMs: 0 },
    null,
  )
  await host.syncModel('default', 'charge', admin)
}

/** Calls again after every change until it finds something. */
const eventually = <T>(store: Store, look: () => Promise<T | undefined>): Promise<T> =>
  new Promise((resolve, reject) => {
    const again = () =>
      look().then((found) => {
        if (found === undefined) return
        stop()
        resolve(found)
      }, reject)
    const stop = store.subscribe(() => void again())
    void again()
  })

/** A host with so many instances that failed alike, oldest first, and the id of their group. */
const failing = async (count: number) => {
  const hand = handheld()
  const store = openMemoryStore()
  host = await openEngine({ store, tasks: hand.tasks, runner })
  await sync(store)
  const ids: string[] = []
  for (let n = 0; n < count; n++) {
    ids.push((await host.start({ workspace: 'default', workflow: 'charge', payload: { kind: 'json', json: n } }, admin)).id)
  }
  const group = await eventually(store, async () => {
    const [found] = (await store.queries.incidentGroups('default', {}, { limit: 9 })).items
    return found?.count === count ? found.id : undefined
  })
  hand.counts.clear()
  return { hand, store, ids, group }
}

const ended = (store: Store, id: string, ...status: readonly Batch['status'][]) =>
  eventually(store, async () => {
    const batch = await store.batches.batch(id)
    return batch !== undefined && status.includes(batch.status) && batch.counts.running === 0 ? batch : undefined
  })

const states = async (store: Store, id: string) =>
  (await store.batches.rows(id, { limit: 99 })).map(({ instance, state }) => [instance, state] as const)

describe('a batch', () => {
  it('retries a whole group, first one, then ten, then the rest', async () => {
    const { hand, store, ids, group } = await failing(70)
    hand.answer(() => 'held')
    expect(await host.batches.plan('default', { ...REQUEST, group })).toMatchObject({ total: 70, stages: [1, 10, 59] })
    const batch = await host.batches.create('default', { ...REQUEST, group }, admin)
    expect(batch).toMatchObject({ status: 'running', total: 70, stages: [1, 10, 59], by: 'admin' })
    const begun = async (wanted: number) => {
      await hand.holds(wanted)
      const { stage, counts } = (await store.batches.batch(batch.id)) as Batch
      return { stage, counts }
    }
    const done = () => {
      for (const { answer } of hand.runs.splice(0)) answer({ ok: true })
    }
    expect(await begun(1)).toMatchObject({ stage: 1, counts: { waiting: 69, running: 1 } })
    expect(hand.runs.map(({ instance }) => instance)).toEqual([ids[0]])
    done()
    expect(await begun(10)).toMatchObject({ stage: 2, counts: { waiting: 59, running: 10, done: 1 } })
    done()
    expect(await begun(50)).toMatchObject({ stage: 3, counts: { waiting: 9, running: 50, done: 11 } })
    done()
    expect(await begun(9)).toMatchObject({ stage: 3, counts: { waiting: 0, running: 9, done: 61 } })
    done()
    expect(await ended(store, batch.id, 'completed')).toMatchObject({ counts: { done: 70 }, endedAtMs: expect.any(Number) })
    expect(hand.counts.size).toBe(70)
    expect((await store.queries.incidents('default', { limit: 9 })).items).toEqual([])
  })

  it('stops at the first failure: that one is an incident again, the others are untouched; resume goes on with them', async () => {
    const { hand, store, ids, group } = await failing(5)
    const batch = await host.batches.create('default', { ...REQUEST, group }, admin)
    const stopped = await ended(store, batch.id, 'stopped')
    expect(stopped.counts).toEqual({ waiting: 4, running: 0, done: 0, failed: 1, refused: 0, left: 0 })
    const [first] = await store.batches.rows(batch.id, { limit: 1 })
    expect(first).toMatchObject({ instance: ids[0], step: 1, state: 'failed', problem: { code: 'TASK_FAILED', message: 'HTTP 503' } })
    expect((await store.queries.incidentGroups('default', {}, { limit: 9 })).items).toMatchObject([{ id: group, count: 5 }])
    expect([...hand.counts.keys()]).toEqual([ids[0]])
    hand.answer(() => ({ ok: true }))
    expect(await host.batches.resume('default', batch.id)).toMatchObject({ status: 'running' })
    expect((await ended(store, batch.id, 'completed')).counts).toMatchObject({ done: 4, failed: 1 })
    await expect(host.batches.resume('default', batch.id)).rejects.toMatchObject({ code: 'WRONG_STATUS' })
  })

  it('goes through to the end where that is asked for', async () => {
    const { hand, store, ids, group } = await failing(4)
    hand.answer((instance) => (instance === ids[1] ? FAILED : { ok: true }))
    const batch = await host.batches.create('default', { ...REQUEST, stages: [], stopAtFailure: false, group }, admin)
    expect((await ended(store, batch.id, 'completed')).counts).toMatchObject({ done: 3, failed: 1 })
  })

  it('paused, it begins nothing more, and what is on its way gets its result; cancelled, the rest is left', async () => {
    const { hand, store, ids, group } = await failing(4)
    hand.answer(() => 'held')
    const batch = await host.batches.create('default', { ...REQUEST, group }, admin)
    await hand.holds(1)
    expect(await host.batches.pause('default', batch.id)).toMatchObject({ status: 'paused', counts: { running: 1, waiting: 3 } })
    hand.runs[0]?.answer({ ok: true })
    await eventually(store, async () => ((await store.batches.batch(batch.id))?.counts.done === 1 ? true : undefined))
    expect(hand.runs).toHaveLength(1)
    expect(await host.batches.cancel('default', batch.id)).toMatchObject({ status: 'cancelled', counts: { done: 1, left: 3 } })
    expect(await states(store, batch.id)).toEqual([[ids[0], 'done'], ...ids.slice(1).map((id) => [id, 'left'])])
    await expect(host.batches.pause('default', batch.id)).rejects.toMatchObject({ code: 'WRONG_STATUS' })
    await expect(host.batches.pause('other', batch.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('resumed while one is still on its way, it does not wait for it any more', async () => {
    const { hand, store, group } = await failing(3)
    hand.answer(() => 'held')
    const batch = await host.batches.create('default', { ...REQUEST, group }, admin)
    await hand.holds(1)
    await host.batches.pause('default', batch.id)
    await host.batches.resume('default', batch.id)
    await hand.holds(3)
    for (const { answer } of hand.runs) answer({ ok: true })
    expect((await ended(store, batch.id, 'completed')).counts).toMatchObject({ done: 3 })
  })

  it('what somebody has repaired meanwhile is refused with the reason, and stops nothing', async () => {
    const { hand, store, ids, group } = await failing(3)
    const [first = ''] = ids
    hand.answer((instance) => (instance === first ? 'held' : { ok: true }))
    const batch = await host.batches.create('default', { ...REQUEST, group }, admin)
    await hand.holds(1)
    await host.command(ids[1] ?? '', { kind: 'terminate', by: admin })
    hand.runs[0]?.answer({ ok: true })
    expect((await ended(store, batch.id, 'completed')).counts).toMatchObject({ done: 2, refused: 1 })
    const [refused] = await store.batches.rows(batch.id, { state: ['refused'], limit: 9 })
    expect(refused).toMatchObject({ instance: ids[1], problem: { code: 'WRONG_STATUS', message: expect.stringContaining('ABORTED') } })
  })

  it('skips, cancels and terminates by ids and by filter', async () => {
    const { store, ids } = await failing(4)
    const of = async (request: object) => {
      const { id } = await host.batches.create('default', { ...REQUEST, ...request }, admin)
      return (await ended(store, id, 'completed')).counts.done
    }
    expect(await of({ action: 'skip', instances: ids.slice(0, 1) })).toBe(1)
    expect(await of({ action: 'terminate', instances: ids.slice(1, 2), reason: 'enough' })).toBe(1)
    expect(await of({ action: 'cancel', filter: { incident: true } })).toBe(2)
    const ended_ = await Promise.all(ids.map(async (id) => (await host.instance(id))?.status))
    expect(ended_).toEqual(['COMPLETED', 'ABORTED', 'ABORTED', 'ABORTED'])
    await expect(host.batches.create('default', { ...REQUEST, filter: { incident: true } }, admin)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })
})

describe('a batch whose host is killed', () => {
  /** A store whose process dies at one write: before it, or after it when nobody has been told. */
  const mortal = (store: Store, at: number, when: 'before' | 'after') => {
    let writes = 0
    let isDead = false
    let die: () => void = () => undefined
    const died = new Promise<void>((resolve) => (die = resolve))
    const guard =
      <A extends readonly unknown[], R>(write: (...args: A) => Promise<R>) =>
      async (...args: A): Promise<R> => {
        writes++
        if (writes < at) return write(...args)
        if (writes === at && when === 'after') await write(...args)
        isDead = true
        die()
        return new Promise<never>(() => undefined)
      }
    return {
      died,
      isDead: () => isDead,
      writes: () => writes,
      store: {
        ...store,
        instances: { ...store.instances, commit: guard(store.instances.commit) },
        batches: { ...store.batches, save: guard(store.batches.save) },
      },
    }
  }

  it('at any write, does each row once and comes to its end', async () => {
    let writes = Number.POSITIVE_INFINITY
    for (let at = 1; at <= writes; at++) {
      for (const when of ['before', 'after'] as const) {
        const { hand, store, ids, group } = await failing(3)
        await host.close()
        hand.answer(() => ({ ok: true }))
        const first = mortal(store, at, when)
        const doomed = await openEngine({ store: first.store, tasks: hand.tasks, runner })
        const { id } = await doomed.batches.create('default', { ...REQUEST, group }, admin)
        await Promise.race([first.died, ended(store, id, 'completed')])
        host = await openEngine({ store, tasks: hand.tasks, runner })
        const batch = await ended(store, id, 'completed')
        expect(batch.counts, `killed ${when} write ${at}`).toMatchObject({ done: 3 })
        for (const instance of ids) {
          const history = await store.queries.history(instance, { limit: 99 })
          // The task may run twice (at least once, same key); the decision to retry may not.
          expect(history.filter(({ type }) => type === 'incident-resolved')).toHaveLength(1)
        }
        await host.close()
        if (!first.isDead()) writes = first.writes()
      }
    }
    expect(writes).toBeGreaterThan(8)
  })
})
