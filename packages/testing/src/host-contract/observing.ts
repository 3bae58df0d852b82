import { describe, expect, test } from 'vitest'
import { ana, bo, type OpenHost, oscar, withHost } from './harness.ts'

const ASK = `id: ask
payload: none
nodes:
  - { id: ask, type: participant, assign: "user:ana", next: end }
`

export const describeObserving = (open: OpenHost): void => {
  describe('observing', () => {
    test(
      'tells who subscribes of every change in the order of its position, until they stop',
      withHost(open, async ({ host, sync, start, until }) => {
        await sync(ASK)
        const positions: number[] = []
        const nouns = new Set<string>()
        const stop = host.subscribe((events) => {
          for (const { seq, noun } of events) {
            positions.push(seq)
            nouns.add(noun)
          }
        })
        const id = await start('ask')
        await host.command(id, { kind: 'complete', by: ana, step: 1 })
        await until(id, ({ status }) => status === 'COMPLETED')
        expect(positions).toEqual(positions.toSorted((a, b) => a - b))
        expect(nouns).toEqual(new Set(['instance', 'work-item']))
        stop()
        // What was on its way when they stopped may still come.
        await new Promise((resolve) => setImmediate(resolve))
        const told = positions.length
        const other = await start('ask')
        await until(other, () => true)
        expect(positions).toHaveLength(told)
      }),
    )

    test(
      'doctor explains every open instance and finds none lost; rows say why, as the instance does',
      withHost(open, async ({ host, sync, start }) => {
        await sync(ASK)
        const id = await start('ask')
        expect(await host.doctor({})).toMatchObject({ open: 1, stale: [] })
        const { items } = await host.store.queries.instances(
          { workspace: 'default', reader: { user: 'oscar', groups: [], seesAll: true } },
          { limit: 9 },
        )
        expect(await host.explain(items)).toMatchObject([{ id, why: { code: 'PERSON', who: ['user:ana'] } }])
        expect(host.health()).toMatchObject({ ok: true, readOnly: false })
      }),
    )

    test(
      'a Sync of what has not changed makes no version; running instances keep the one they began with',
      withHost(open, async ({ host, sync, start }) => {
        await sync(ASK)
        const id = await start('ask')
        expect(await host.syncModel('default', 'ask', oscar)).toMatchObject({ version: 1, isNew: false })
        await sync(ASK.replace('user:ana', 'user:bo'))
        expect(await host.instance(id)).toMatchObject({ version: 1, steps: [{ assignee: 'ana' }] })
        expect(await host.instance(await start('ask'))).toMatchObject({ version: 2, steps: [{ assignee: 'bo' }] })
        await expect(host.syncModel('default', 'nothing', oscar)).rejects.toMatchObject({ code: 'NOT_FOUND' })
        expect(await host.diffModel('default', 'ask', 1, 2)).toHaveLength(1)
        await expect(host.command(id, { kind: 'complete', by: bo, step: 1 })).rejects.toMatchObject({ code: 'NOT_CANDIDATE' })
      }),
    )
  })
}
