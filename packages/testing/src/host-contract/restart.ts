import { describe, expect, test } from 'vitest'
import { ana, bo, type OpenHost, type Scene, withHost } from './harness.ts'

const LONG = `id: long
payload: none
locks: [printer]
data: { got: { type: object } }
nodes:
  - { id: ask, type: participant, assign: "user:ana", next: nap }
  - { id: nap, type: wait, for: PT1H, next: work }
  - { id: work, type: process, task: hold, result: got, next: message }
  - { id: message, type: wait, message: go, next: again }
  - { id: again, type: process, task: fail, with: { times: 1 }, retry: { attempts: 2, initial: PT1M, jitter: 0 }, next: end }
`

const restarted = async (scene: Scene): Promise<void> => {
  if (scene.restart === undefined) throw new Error('This host cannot be restarted.')
  await scene.restart()
}

/** For hosts that keep what they store. */
export const describeRestart = (open: OpenHost): void => {
  describe('a restart', () => {
    test(
      'at every wait of an instance changes nothing about its story',
      withHost(open, async (scene) => {
        const { pass, sync, until, bench } = scene
        await sync(LONG)
        const id = await scene.start('long')
        const queued = await scene.host.start({ workspace: 'default', workflow: 'long', queue: true }, bo)
        await restarted(scene)
        expect(await scene.host.instance(queued.id)).toMatchObject({ status: 'QUEUED', position: 1 })
        await scene.host.command(id, { kind: 'complete', by: ana, step: 1 })
        await restarted(scene)
        await pass(3_600_000)
        await until(id, ({ steps }) => steps[0]?.node === 'work' && bench.attempts.length > 0)
        await restarted(scene)
        // Nobody knows whether the try that ran did its work: the same try runs again, under the same key.
        await until(id, () => bench.attempts.length > 1)
        expect(new Set(bench.attempts.map(({ key, attempt }) => `${key} ${attempt}`))).toEqual(new Set([`${id}:3 1`]))
        bench.release({ ok: true, output: { late: true } })
        bench.release({ ok: true, output: { n: 1 } })
        await until(id, ({ steps }) => steps[0]?.node === 'message')
        await restarted(scene)
        await scene.host.publish({ workspace: 'default', name: 'go', body: null }, bo)
        await until(id, ({ why }) => why?.code === 'RETRY')
        await restarted(scene)
        await pass(60_000)
        expect(await until(id, ({ status }) => status === 'COMPLETED')).toMatchObject({ data: { got: { n: 1 } } })
        await until(queued.id, ({ status }) => status === 'RUNNING')
        expect(await scene.host.doctor({})).toMatchObject({ open: 1, stale: [] })
      }),
    )

    test(
      'keeps first answers, early messages and what was decided',
      withHost(open, async (scene) => {
        await scene.sync(LONG)
        const idempotency = { user: 'bo', route: 'start', key: 'k', bodyHash: 'h' }
        const first = await scene.host.start({ workspace: 'default', workflow: 'long' }, bo, { idempotency })
        await scene.host.publish({ workspace: 'default', name: 'early', body: 1 }, bo)
        await restarted(scene)
        expect(await scene.host.start({ workspace: 'default', workflow: 'long' }, bo, { idempotency })).toEqual(first)
        expect(await scene.host.store.instances.keptMessage('default', 'early')).toMatchObject({ body: 1 })
      }),
    )
  })
}
