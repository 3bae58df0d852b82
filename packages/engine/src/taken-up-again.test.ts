/** What a host takes up again is what it was before: the recorded time, the limit of an attempt, the run its journal began in. */
import type { Actor, Call } from '@millrace/kernel'
import type { AdvanceAnswer, AdvanceRequest, Host, Store, TaskAttempt, TaskRunner } from '@millrace/protocol'
import { openMemoryStore } from '@millrace/store'
import { afterEach, expect, it } from 'vitest'
import { openEngine } from './index.ts'

const ana: Actor = { user: 'ana', groups: [], isOperator: true }
const never = new Promise<never>(() => undefined)

let host: Host
let nowMs = Date.UTC(2026, 0, 1)
afterEach(() => host.close())

const prepared = async (): Promise<Store> => {
  const store = openMemoryStore()
  await store.people.saveUser({ name: 'ana', displayName: 'Ana', roles: [], groups: [], isActive: true, createdAtMs: 0 }, 'test')
  return store
}

interface World {
  readonly answer?: (request: AdvanceRequest) => AdvanceAnswer | Promise<AdvanceAnswer>
  readonly run?: (attempt: TaskAttempt) => ReturnType<TaskRunner['run']>
}

/** The next life of the host over the same store; one before it is never closed: it is gone. */
const live = async (store: Store, { answer, run }: World): Promise<{ readonly told: AdvanceRequest[]; readonly ran: TaskAttempt[] }> => {
  const told: AdvanceRequest[] = []
  const ran: TaskAttempt[] = []
  host = await openEngine({
    store,
    runner: {
      advance: async (request) => {
        told.push(request)
        return answer === undefined ? never : answer(request)
      },
      forget: () => undefined,
      close: async () => undefined,
    },
    tasks: {
      run: (attempt) => {
        ran.push(attempt)
        return run === undefined ? never : run(attempt)
      },
      has: () => true,
      list: () => [],
      close: async () => undefined,
    },
    clock: { now: () => nowMs, after: () => () => undefined },
  })
  return { told, ran }
}

const settled = async () => {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
}

const syncCode = (id: string) =>
  host.syncCode('default', { id, title: id, source: '', bundle: new Uint8Array([1]), hash: id, abi: 1, tasks: [] }, ana)

const task = (call: number, name: string): Call => ({ kind: 'task', call, name, task: name })

it('tells code the time its result was recorded at, also after hours in which the host was down', async () => {
  const store = await prepared()
  // Its process dies at the result, which is recorded then, and the host with it at the second try.
  let deaths = 0
  await live(store, {
    answer: ({ calls }) =>
      calls === 0 ? { kind: 'calls', calls: [task(1, 'pay')] } : deaths++ === 0 ? { kind: 'failed', reason: 'killed' } : never,
    run: async () => ({ ok: true }),
  })
  await syncCode('pays')
  const recordedAtMs = nowMs
  await host.start({ workspace: 'default', workflow: 'pays' }, ana)
  await settled()
  nowMs += 2 * 3_600_000
  const { told } = await live(store, {})
  await settled()
  expect(told.map(({ delivery, atMs }) => [delivery.kind, atMs])).toEqual([['result', recordedAtMs]])
})

it('runs an attempt again with the limit its node gives it', async () => {
  const store = await prepared()
  const before = await live(store, {})
  const text = 'id: work\npayload: none\nnodes:\n  - { id: a, type: process, task: log, attemptTimeout: PT30S, next: end }\n'
  const draft = { workspace: 'default', id: 'work', title: 'work', text, format: 'yaml', updatedBy: 'test', updatedAtMs: 0 } as const
  await store.definitions.saveDraft(draft, null)
  await host.syncModel('default', 'work', ana)
  await host.start({ workspace: 'default', workflow: 'work' }, ana)
  await settled()
  const after = await live(store, {})
  await settled()
  expect([before.ran, after.ran].map(([attempt]) => attempt?.timeoutMs)).toEqual([30_000, 30_000])
})

it('lets a run that was restarted from a step draw the chance of the run whose journal it keeps', async () => {
  const store = await prepared()
  const { told } = await live(store, {
    answer: ({ calls }) =>
      calls < 2
        ? { kind: 'calls', calls: [task(calls + 1, 'work')] }
        : { kind: 'calls', calls: [], outcome: { kind: 'threw', error: { code: 'WORKFLOW_FAILED', message: 'no' } } },
    run: async () => ({ ok: true }),
  })
  await syncCode('works')
  const { id } = await host.start({ workspace: 'default', workflow: 'works' }, ana)
  await settled()
  await host.command(id, { kind: 'restart', by: ana, from: '2' })
  await settled()
  await host.command(id, { kind: 'restart', by: ana, from: '3' })
  await settled()
  await host.command(id, { kind: 'restart', by: ana })
  await settled()
  expect(told.map(({ run, asRun }) => [run, asRun ?? run])).toEqual([
    [1, 1],
    [1, 1],
    [1, 1],
    [2, 1],
    [2, 1],
    [3, 1],
    [3, 1],
    [4, 4],
    [4, 4],
    [4, 4],
  ])
})
