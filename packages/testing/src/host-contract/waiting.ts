import { describe, expect, test } from 'vitest'
import { ana, bo, type OpenHost, oscar, withHost } from './harness.ts'

const HOUR_MS = 3_600_000

const TIMED = `id: timed
payload: none
nodes:
  - { id: nap, type: wait, for: PT1H, next: ask }
  - id: ask
    type: participant
    assign: user:bo
    timeout: [{ after: PT1H, then: { escalate: "group:editors" } }, { after: PT2H, then: { route: late } }]
    routes: { fine: end, late: end }
`
const MESSAGE = `id: message
payload: none
data: { paid: { type: object } }
nodes:
  - { id: paid, type: wait, message: paid, key: A1, result: paid, next: hook }
  - { id: hook, type: wait, callback: true, next: end }
`
const PARENT = `id: parent
payload: none
nodes:
  - { id: run, type: container, workflow: child, next: end }
`
const CHILD = `id: child
payload: none
nodes:
  - { id: ask, type: participant, assign: "user:ana", next: end }
`

export const describeWaiting = (open: OpenHost): void => {
  describe('waiting', () => {
    test(
      'ends when its time has come, not before, and deadlines do what they say at their own moments',
      withHost(open, async ({ host, clock, pass, sync, start, until }) => {
        await sync(TIMED)
        const startedAtMs = clock.now()
        const id = await start('timed')
        expect(await host.why(id)).toMatchObject({ code: 'TIMER', nextAtMs: startedAtMs + HOUR_MS })
        await pass(HOUR_MS - 1)
        await pass(1)
        await until(id, ({ steps }) => steps[0]?.node === 'ask')
        await expect(host.command(id, { kind: 'claim', by: ana, step: 2 })).rejects.toMatchObject({ code: 'NOT_CANDIDATE' })
        await pass(HOUR_MS)
        await until(id, ({ steps }) => steps[0]?.candidates?.includes('group:editors') === true)
        await host.command(id, { kind: 'claim', by: ana, step: 2 })
        await pass(HOUR_MS)
        await until(id, ({ status }) => status === 'COMPLETED')
        const history = await host.store.queries.history(id, { limit: 99 })
        const closed = history.find(({ type, node }) => type === 'closed' && node === 'ask')
        expect(closed).toMatchObject({ atMs: startedAtMs + 3 * HOUR_MS, details: { route: 'late' } })
      }),
    )

    test(
      'for a message ends with the one of its key, also one that came before',
      withHost(open, async ({ host, sync, start, until }) => {
        await sync(MESSAGE)
        const publish = (key: string, n: number) => host.publish({ workspace: 'default', name: 'paid', key, body: { n } }, bo)
        expect(await publish('A1', 1)).toEqual({ received: 0 })
        const early = await start('message')
        expect((await until(early, ({ steps }) => steps[0]?.node === 'hook')).data).toEqual({ paid: { n: 1 } })
        const later = await start('message')
        expect(await host.why(later)).toMatchObject({ code: 'MESSAGE', params: { message: 'paid', key: 'A1' } })
        expect(await publish('B2', 2)).toEqual({ received: 0 })
        expect(await publish('A1', 3)).toEqual({ received: 1 })
        expect((await until(later, ({ steps }) => steps[0]?.node === 'hook')).data).toEqual({ paid: { n: 3 } })
      }),
    )

    test(
      'for a callback ends once, by its token and no other',
      withHost(open, async ({ host, sync, start, until }) => {
        await sync(MESSAGE)
        await host.publish({ workspace: 'default', name: 'paid', key: 'A1', body: {} }, bo)
        const id = await start('message')
        const { callback: token = '' } = (await until(id, ({ steps }) => steps[0]?.node === 'hook')).steps[0] ?? {}
        await expect(host.callback(`${token.slice(0, -2)}xx`, {})).rejects.toMatchObject({ code: 'NOT_FOUND' })
        expect(await host.callback(token, { ok: true })).toMatchObject({ status: 'COMPLETED' })
        await expect(host.callback(token, {})).rejects.toMatchObject({ code: expect.stringMatching(/STEP_CLOSED|WRONG_STATUS/) })
      }),
    )

    test(
      'for a child ends with it, and what stops the parent reaches the child',
      withHost(open, async ({ host, sync, start, until }) => {
        await sync(CHILD, PARENT)
        const childOf = async (id: string) => (await until(id, ({ steps }) => steps[0]?.child !== undefined)).steps[0]?.child ?? ''
        const first = await start('parent')
        const child = await childOf(first)
        expect(await until(child, () => true)).toMatchObject({ parent: { instance: first, step: 1 } })
        await host.command(child, { kind: 'complete', by: ana, step: 1 })
        await until(first, ({ status }) => status === 'COMPLETED')
        const second = await start('parent')
        const other = await childOf(second)
        await until(other, () => true)
        await host.command(second, { kind: 'terminate', by: oscar })
        expect(await until(other, ({ status }) => status === 'ABORTED')).toMatchObject({ steps: [] })
      }),
    )
  })
}
