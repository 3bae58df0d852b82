import { describe, expect, test } from 'vitest'
import { ana, bo, type OpenHost, oscar, withHost } from './harness.ts'

const DEPLOY = `id: deploy
payload: none
locks: ["deployment:web"]
nodes:
  - { id: go, type: participant, assign: "user:ana", next: end }
`

export const describeLocks = (open: OpenHost): void => {
  describe('locks', () => {
    test(
      'are held by one; others are refused, wait in line in order, or skip a deployment when forced',
      withHost(open, async ({ host, sync, start, until }) => {
        await sync(DEPLOY)
        const ask = (more: object = {}) => host.start({ workspace: 'default', workflow: 'deploy', ...more }, bo)
        const first = await start('deploy')
        await expect(ask()).rejects.toMatchObject({ code: 'LOCK_HELD', message: expect.stringContaining('deployment:web') })
        const second = await ask({ queue: true })
        expect(second).toMatchObject({ status: 'QUEUED', position: 1 })
        expect(await host.instance(second.id)).toMatchObject({ why: { code: 'QUEUED', blockers: [['instance', first]] } })
        // Nobody overtakes: not by force either, while somebody older waits for the same deployment.
        await expect(ask({ force: true })).rejects.toMatchObject({ code: 'LOCK_HELD' })
        const third = await ask({ queue: true })
        expect(third).toMatchObject({ position: 2 })
        const done = (id: string) => host.command(id, { kind: 'complete', by: ana, step: 1 })
        await done(first)
        await until(second.id, ({ status }) => status === 'RUNNING')
        expect(await host.instance(third.id)).toMatchObject({ status: 'QUEUED', position: 1 })
        await done(second.id)
        await until(third.id, ({ status }) => status === 'RUNNING')
        expect(await ask({ force: true })).toMatchObject({ status: 'RUNNING' })
      }),
    )

    test(
      'of the whole system are a barrier: nothing that came later goes before',
      withHost(open, async ({ host, sync, start, until }) => {
        await sync(DEPLOY)
        const first = await start('deploy')
        const all = await host.start({ workspace: 'default', workflow: 'deploy', locks: ['system'], queue: true }, bo)
        const later = await host.start({ workspace: 'default', workflow: 'deploy', locks: ['printer'], queue: true }, bo)
        expect((await host.locks('default')).length).toBeGreaterThan(0)
        expect([all.status, later.status]).toEqual(['QUEUED', 'QUEUED'])
        await host.command(first, { kind: 'terminate', by: oscar })
        await until(all.id, ({ status }) => status === 'RUNNING')
        expect(await host.instance(later.id)).toMatchObject({ status: 'QUEUED' })
        await host.command(all.id, { kind: 'terminate', by: oscar })
        await until(later.id, ({ status }) => status === 'RUNNING')
      }),
    )
  })
}
