import { type Actor, apply, type State } from '@millrace/kernel'
import {
  type AdvanceAnswer,
  type AdvanceRequest,
  type Host,
  MillraceError,
  type Runner,
  type Store,
  type TaskRunner,
} from '@millrace/protocol'
import { openMemoryStore } from '@millrace/store'
import { afterEach, describe, expect, it } from 'vitest'
import { openEngine, systemClock } from './index.ts'

const ana: Actor = { user: 'ana', groups: [], isOperator: true }

const noTasks: TaskRunner = { run: () => ({ ok: true }), has: () => true, list: () => [], close: async () => undefined }

/** Functions of code workflows, played by hand: what each answers to a delivery. */
type Play = (request: AdvanceRequest) => AdvanceAnswer | Promise<AdvanceAnswer>

let host: Host
afterEach(() => host.close())

const open = async (store: Store, play: Play, tasks: TaskRunner = noTasks): Promise<Host> => {
  const runner: Runner = { advance: async (request) => play(request), forget: () => undefined, close: async () => undefined }
  return openEngine({ store, tasks, runner, clock: { ...systemClock, now: () => Date.now() + aheadMs } })
}

/** How far the clock was moved on. */
let aheadMs = 0

const prepared = async (): Promise<Store> => {
  const store = openMemoryStore()
  await store.people.saveUser({ name: 'ana', displayName: 'Ana', roles: [], groups: [], isActive: true, createdAtMs: 0 }, 'test')
  return store
}

const syncCode = (id: string) =>
  host.syncCode('default', { id, title: id, source: '', bundle: new Uint8Array([1]), hash: id, abi: 1, tasks: [] }, ana)

const syncModel = async (store: Store, id: string, nodes: string) => {
  const text = `id: ${id}\ntitle: ${id}\npayload: none\nnodes:\n  - ${nodes}\n`
  await store.definitions.saveDraft({ workspace: 'default', id, title: id, text, format: 'yaml', updatedBy: 'test', updatedAtMs: 0 }, null)
  await host.syncModel('default', id, ana)
}

const statusOf = async (id: string) => (await host.instance(id))?.status

/** Everything that can go on by itself has gone on. */
const settled = async () => {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/** Asks ana, then returns. */
const asksOnce: Play = ({ delivery }) =>
  delivery.kind === 'start'
    ? { kind: 'calls', calls: [{ kind: 'ask', call: 1, name: 'ask', to: ['user:ana'], title: 'Fine?', routes: [] }] }
    : { kind: 'calls', calls: [], outcome: { kind: 'returned', output: 'fine' } }

describe('code workflows in the host', () => {
  it('end into a parent that has left memory', async () => {
    const store = await prepared()
    host = await open(store, asksOnce)
    await syncCode('asks')
    await syncModel(store, 'parent', '{ id: call, type: container, workflow: asks, next: end }')
    const parent = await host.start({ workspace: 'default', workflow: 'parent' }, ana)
    await settled()
    const child = (await host.instance(parent.id))?.steps[0]?.child ?? ''
    await host.close()
    // The next process has neither of them in memory.
    host = await open(store, asksOnce)
    await host.command(child, { kind: 'complete', by: ana, step: 1 })
    await settled()
    expect([await statusOf(child), await statusOf(parent.id)]).toEqual(['COMPLETED', 'COMPLETED'])
  })

  it('start a child of a workflow that nobody has used since the host began', async () => {
    const store = await prepared()
    const starts: Play = ({ delivery, calls }) =>
      delivery.kind === 'start'
        ? asksOnce({ delivery } as AdvanceRequest)
        : calls === 1
          ? {
              kind: 'calls',
              calls: [
                {
                  kind: 'start',
                  call: 2,
                  name: 'child',
                  start: { workflow: 'quick', version: 'latest', payload: { kind: 'none' }, data: {} },
                },
              ],
            }
          : { kind: 'calls', calls: [], outcome: { kind: 'returned' } }
    host = await open(store, starts)
    await syncCode('starts')
    await syncModel(store, 'quick', '{ id: a, type: process, task: log, next: end }')
    const { id } = await host.start({ workspace: 'default', workflow: 'starts' }, ana)
    await settled()
    await host.close()
    host = await open(store, starts)
    await host.command(id, { kind: 'complete', by: ana, step: 1 })
    await settled()
    expect(await statusOf(id)).toBe('COMPLETED')
  })

  it('ignore an answer to a delivery of an earlier run', async () => {
    const store = await prepared()
    const answers: ((answer: AdvanceAnswer) => void)[] = []
    const play: Play = () => new Promise((resolve) => answers.push(resolve))
    host = await open(store, play)
    await syncCode('slow')
    // Its locks make the start one to commit before the code runs: the answer comes as a report.
    const { id } = await host.start({ workspace: 'default', workflow: 'slow', locks: ['printer'] }, ana)
    await settled()
    await host.command(id, { kind: 'terminate', by: ana })
    await host.command(id, { kind: 'restart', by: ana })
    answers[0]?.({ kind: 'calls', calls: [], outcome: { kind: 'returned', output: 'of run 1' } })
    await settled()
    expect(await statusOf(id)).toBe('RUNNING')
    answers[1]?.({ kind: 'calls', calls: [], outcome: { kind: 'returned', output: 'of run 2' } })
    await settled()
    expect(await host.instance(id)).toMatchObject({ status: 'COMPLETED', run: 2, output: 'of run 2' })
  })

  it('keep a result that came when their code cannot be asked, and doctor asks again', async () => {
    const store = await prepared()
    let isBroken = true
    const play: Play = ({ delivery }) => {
      if (delivery.kind === 'start') return { kind: 'calls', calls: [{ kind: 'task', call: 1, name: 'log', task: 'log' }] }
      if (isBroken) throw new Error('no process')
      return { kind: 'calls', calls: [], outcome: { kind: 'returned' } }
    }
    const defects: unknown[] = []
    host = await openEngine({
      store,
      tasks: noTasks,
      runner: { advance: async (request) => play(request), forget: () => undefined, close: async () => undefined },
      onDefect: (error) => defects.push(error),
    })
    await syncCode('broken')
    const { id } = await host.start({ workspace: 'default', workflow: 'broken' }, ana)
    await settled()
    expect(defects).toHaveLength(1)
    expect((await store.instances.facts(id)).map(({ fact }) => fact.t)).toEqual(['created', 'opened', 'closed'])
    isBroken = false
    expect((await host.doctor({ repair: true })).stale).toMatchObject([{ instance: id, repaired: true }])
    await settled()
    expect(await statusOf(id)).toBe('COMPLETED')
  })
})

describe('a full disk', () => {
  it('takes back what code was asked about on a state that was never written', async () => {
    const store = await prepared()
    let isFull = false
    const commit: Store['instances']['commit'] = async (batch) => {
      if (isFull) throw new MillraceError('STORE_FULL', 'full')
      return store.instances.commit(batch)
    }
    let answer: () => void = () => undefined
    const play: Play = (request) =>
      request.delivery.kind === 'start'
        ? asksOnce(request)
        : new Promise((resolve) => (answer = () => resolve({ kind: 'calls', calls: [], outcome: { kind: 'returned' } })))
    let room: () => void = () => undefined
    host = await openEngine({
      store: { ...store, instances: { ...store.instances, commit } },
      tasks: noTasks,
      runner: { advance: async (request) => play(request), forget: () => undefined, close: async () => undefined },
      clock: {
        now: () => Date.now(),
        after: (ms, call) => {
          if (ms === 1_000) room = call
          return () => undefined
        },
      },
    })
    await syncCode('asks')
    const { id } = await host.start({ workspace: 'default', workflow: 'asks' }, ana)
    isFull = true
    // In one tick: the second is decided on what the first one left, and its code is still at work when that is not written.
    const first = host.command(id, { kind: 'set-data', by: ana, data: { amount: 1 } })
    const second = host.command(id, { kind: 'complete', by: ana, step: 1 })
    await expect(first).rejects.toMatchObject({ code: 'STORE_FULL' })
    isFull = false
    room()
    answer()
    await settled()
    answer()
    await second
    const facts = (await store.instances.facts(id)).map(({ fact }) => fact)
    expect(facts.map((fact) => fact.t)).toEqual(['created', 'opened', 'closed', 'ended'])
    expect((await store.instances.load([id])).get(id)).toEqual(
      facts.reduce<State | undefined>((state, fact) => apply(state, fact), undefined),
    )
  })
})

describe('code that heard of what was not written', () => {
  it('begins again from its journal: a result it has heard of alone would come at another place', async () => {
    const store = await prepared()
    const journals: (readonly string[])[] = []
    let isFull = false
    let forgotten = 0
    const runner: Runner = {
      advance: async ({ delivery, loadJournal }) => {
        const journal = await loadJournal()
        journals.push(journal.map((entry) => (entry.kind === 'called' ? `call ${entry.call}` : entry.delivery.kind)))
        if (delivery.kind === 'start') return asksOnce({ delivery } as AdvanceRequest)
        isFull = forgotten === 0
        return { kind: 'calls', calls: [], outcome: { kind: 'returned' } }
      },
      forget: () => void forgotten++,
      close: async () => undefined,
    }
    let room: () => void = () => undefined
    const commit: Store['instances']['commit'] = async (batch) => {
      if (isFull) throw new MillraceError('STORE_FULL', 'full')
      return store.instances.commit(batch)
    }
    host = await openEngine({
      store: { ...store, instances: { ...store.instances, commit } },
      tasks: noTasks,
      runner,
      clock: {
        now: () => Date.now(),
        after: (ms, call) => {
          if (ms === 1_000) room = call
          return () => undefined
        },
      },
    })
    await syncCode('asks')
    const { id } = await host.start({ workspace: 'default', workflow: 'asks' }, ana)
    await expect(host.command(id, { kind: 'complete', by: ana, step: 1 })).rejects.toMatchObject({ code: 'STORE_FULL' })
    expect(forgotten).toBe(1)
    isFull = false
    room()
    await settled()
    await host.command(id, { kind: 'complete', by: ana, step: 1 })
    expect(journals.at(-1)).toEqual(['start', 'call 1'])
    expect(await statusOf(id)).toBe('COMPLETED')
  })
})

describe('an instance whose code died', () => {
  it('has the death counted in the store before the code is tried again', async () => {
    const store = await prepared()
    const seen: (readonly string[])[] = []
    let id = ''
    const play: Play = async ({ instance }) => {
      id = instance
      seen.push((await store.instances.facts(instance)).map(({ fact }) => fact.t))
      return { kind: 'failed', reason: 'killed' }
    }
    host = await open(store, play)
    await syncCode('dies')
    await host.start({ workspace: 'default', workflow: 'dies' }, ana)
    await settled()
    expect(seen).toEqual([[], ['created', 'runner-killed']])
    expect((await host.instance(id))?.incident?.code).toBe('RUNNER_KILLED')
  })
})

describe('a crash', () => {
  it('does not run again what is cancelled, nor what has a result that waits', async () => {
    const store = await prepared()
    const runs: string[] = []
    const outcomes: (() => void)[] = []
    const tasks: TaskRunner = {
      ...noTasks,
      run: ({ key }) => {
        runs.push(key)
        return new Promise((resolve) => outcomes.push(() => resolve({ ok: true })))
      },
    }
    host = await open(store, asksOnce, tasks)
    await syncModel(store, 'work', '{ id: a, type: process, task: log, next: end }')
    const suspended = await host.start({ workspace: 'default', workflow: 'work' }, ana)
    const cancelled = await host.start({ workspace: 'default', workflow: 'work' }, ana)
    await host.command(suspended.id, { kind: 'suspend', by: ana })
    outcomes[0]?.()
    await settled()
    await host.command(cancelled.id, { kind: 'cancel', by: ana })
    // The first host is never closed: it is gone.
    host = await open(store, asksOnce, tasks)
    await settled()
    expect(runs).toEqual([`${suspended.id}:1`, `${cancelled.id}:1`])
    expect(await statusOf(cancelled.id)).toBe('ABORTED')
    await host.command(suspended.id, { kind: 'resume', by: ana })
    expect(await statusOf(suspended.id)).toBe('COMPLETED')
  })
})

describe('doctor', () => {
  it('does not take for lost what has ended and is on its way to be written', async () => {
    const store = await prepared()
    let deliver: (answer: AdvanceAnswer) => void = () => undefined
    let end: (outcome: { readonly ok: true }) => void = () => undefined
    const tasks: TaskRunner = { ...noTasks, run: () => new Promise((resolve) => (end = resolve)) }
    const play: Play = ({ delivery }) =>
      delivery.kind === 'start'
        ? { kind: 'calls', calls: [{ kind: 'task', call: 1, name: 'log', task: 'log' }] }
        : new Promise((resolve) => (deliver = resolve))
    host = await open(store, play, tasks)
    await syncCode('works')
    const { id } = await host.start({ workspace: 'default', workflow: 'works' }, ana)
    await settled()
    end({ ok: true })
    await settled()
    aheadMs += 60_000
    // The attempt is over, its result is not written: the function still thinks about it.
    expect((await host.doctor({})).stale).toEqual([])
    deliver({ kind: 'calls', calls: [], outcome: { kind: 'returned' } })
    await settled()
    expect(await statusOf(id)).toBe('COMPLETED')
  })
})

describe('a clean stop', () => {
  it('is no failure of the attempts that ran: they run again after the next start', async () => {
    const store = await prepared()
    const tasks: TaskRunner = {
      ...noTasks,
      run: (_, signal) =>
        new Promise((resolve) =>
          signal().addEventListener('abort', () =>
            resolve({ ok: false, error: { code: 'ABORTED', message: 'Stopped.', retryable: false } }),
          ),
        ),
    }
    host = await open(store, asksOnce, tasks)
    await syncModel(store, 'work', '{ id: a, type: process, task: log, next: end }')
    const { id } = await host.start({ workspace: 'default', workflow: 'work' }, ana)
    await settled()
    await host.close()
    await settled()
    host = await open(store, asksOnce)
    await settled()
    expect(await statusOf(id)).toBe('COMPLETED')
    expect((await store.instances.facts(id)).map(({ fact }) => fact.t)).toEqual(['created', 'opened', 'closed', 'passed', 'ended'])
  })
})
