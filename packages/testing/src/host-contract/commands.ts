import { describe, expect, test } from 'vitest'
import { bo, type OpenHost, oscar, withHost } from './harness.ts'

const HOLD = `id: hold
payload: none
data: { n: { type: number } }
nodes:
  - { id: first, type: process, task: work, next: second }
  - { id: second, type: process, task: hold, next: end }
`

export const describeCommands = (open: OpenHost): void => {
  describe('commands', () => {
    test(
      'are answered with what is stored, and repeated with the same key give the first answer',
      withHost(open, async ({ host, sync, until }) => {
        await sync(HOLD)
        const ask = (key: string, bodyHash = 'same') =>
          host.start({ workspace: 'default', workflow: 'hold' }, bo, { idempotency: { user: 'bo', route: 'start', key, bodyHash } })
        const [first, again] = await Promise.all([ask('k'), ask('k')])
        expect(again).toEqual(first)
        expect(await ask('k')).toEqual(first)
        await expect(ask('k', 'other')).rejects.toMatchObject({ code: 'IDEMPOTENCY_MISMATCH' })
        expect((await ask('other')).id).not.toBe(first?.id)
        await until(first?.id ?? '', ({ steps }) => steps[0]?.node === 'second')
      }),
    )

    test(
      'say what is wrong with what they name',
      withHost(open, async ({ host, sync, start }) => {
        await sync(HOLD)
        const wrong = (more: object) => host.start({ workspace: 'default', workflow: 'hold', ...more }, bo)
        await expect(wrong({ workflow: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
        await expect(wrong({ version: 9 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
        await expect(wrong({ data: { n: 'text' } })).rejects.toMatchObject({ code: 'DATA_INVALID' })
        const id = await start('hold')
        await expect(host.command(`${id.slice(0, -4)}ffff`, { kind: 'suspend', by: oscar })).rejects.toMatchObject({ code: 'NOT_FOUND' })
        await expect(host.command(id, { kind: 'resume', by: oscar })).rejects.toMatchObject({ code: 'WRONG_STATUS' })
        await expect(host.command(id, { kind: 'retry', by: oscar })).rejects.toMatchObject({ code: 'WRONG_STATUS' })
      }),
    )

    test(
      'suspend holds what comes in until resume',
      withHost(open, async ({ host, sync, start, until, bench }) => {
        await sync(HOLD)
        const id = await start('hold')
        await until(id, ({ steps }) => steps[0]?.node === 'second')
        await host.command(id, { kind: 'suspend', by: oscar, reason: 'Look first' })
        const { facts } = await until(id, () => true)
        bench.release()
        // The result is recorded, and nothing more.
        expect(await until(id, (now) => now.facts === facts + 1)).toMatchObject({
          status: 'SUSPENDED',
          why: { code: 'SUSPENDED', params: { reason: 'Look first' } },
        })
        await host.command(id, { kind: 'resume', by: oscar })
        await until(id, ({ status }) => status === 'COMPLETED')
      }),
    )

    test(
      'terminate ends at once, restart begins the next run where it is told, with changed data',
      withHost(open, async ({ host, sync, start, until, bench }) => {
        await sync(HOLD)
        const id = await start('hold', { data: { n: 1 } })
        await until(id, ({ steps }) => steps[0]?.node === 'second')
        expect(await host.command(id, { kind: 'terminate', by: oscar })).toMatchObject({ status: 'ABORTED' })
        await expect(host.command(id, { kind: 'terminate', by: oscar })).rejects.toMatchObject({ code: 'WRONG_STATUS' })
        expect(await host.command(id, { kind: 'restart', by: oscar, from: 'second', data: { n: 2 } })).toMatchObject({ run: 2 })
        await expect(host.command(id, { kind: 'restart', by: oscar })).rejects.toMatchObject({ code: 'WRONG_STATUS' })
        bench.release()
        bench.release()
        expect(await until(id, ({ status }) => status === 'COMPLETED')).toMatchObject({ run: 2, data: { n: 2 } })
      }),
    )

    test(
      'a preview decides on a copy: it says what would be, or the refusal, and changes nothing',
      withHost(open, async ({ host, sync, start, until, story }) => {
        await sync(HOLD)
        const id = await start('hold')
        await until(id, ({ steps }) => steps[0]?.node === 'second')
        const before = await story(id)
        expect(await host.preview(id, { kind: 'terminate', by: oscar })).toMatchObject({ status: { from: 'RUNNING', to: 'ABORTED' } })
        expect(await host.preview(id, { kind: 'resume', by: oscar })).toMatchObject({ refused: { code: 'WRONG_STATUS' } })
        expect(await story(id)).toEqual(before)
      }),
    )
  })
}
