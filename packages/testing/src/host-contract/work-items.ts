import { describe, expect, test } from 'vitest'
import { ana, bo, edith, type OpenHost, oscar, withHost } from './harness.ts'

const REVIEW = `id: review
payload: path
data: { reason: { type: string } }
nodes:
  - { id: review, type: participant, assign: "group:editors", title: "Review {{ payload.path }}", routes: { approve: publish, reject: rework } }
  - { id: rework, type: participant, assign: initiator, next: review }
  - { id: publish, type: process, task: work, next: end }
`
const page = { payload: { kind: 'path', ref: '/a' } }

export const describeWorkItems = (open: OpenHost): void => {
  describe('work items', () => {
    test(
      'go to those they are for, back to the author, and on',
      withHost(open, async ({ host, sync, start, until, story }) => {
        await sync(REVIEW)
        const id = await start('review', page)
        expect(await host.workItem(`${id}.1`, ana)).toMatchObject({
          title: 'Review /a',
          can: expect.arrayContaining(['complete', 'claim']),
        })
        await host.command(id, { kind: 'complete', by: ana, step: 1, route: 'reject', comment: 'No.' })
        await host.command(id, { kind: 'complete', by: bo, step: 2 })
        await host.command(id, { kind: 'complete', by: edith, step: 3, route: 'approve' })
        expect((await until(id, ({ status }) => status === 'COMPLETED')).endedAtMs).toBeDefined()
        expect(await story(id)).toEqual([
          'created',
          ...['review', 'rework', 'review', 'publish'].flatMap((node) => [`opened:${node}`, `closed:${node}`]),
          'passed:end',
          'ended',
        ])
      }),
    )

    test(
      'are decided once: of two at the same moment one wins, and the other is told who was first',
      withHost(open, async ({ host, sync, start }) => {
        await sync(REVIEW)
        const id = await start('review', page)
        const both = await Promise.allSettled(
          [ana, edith].map((by) => host.command(id, { kind: 'complete', by, step: 1, route: 'reject' })),
        )
        expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
        const winner = both[0]?.status === 'fulfilled' ? 'ana' : 'edith'
        const lost = both.find((one) => one.status === 'rejected')
        expect(lost).toMatchObject({ reason: { code: 'STEP_CLOSED', message: expect.stringContaining(`${winner} has decided`) } })
      }),
    )

    test(
      'are refused to those they are not for, by a route they have not, and in a state that was not seen',
      withHost(open, async ({ host, sync, start, story }) => {
        await sync(REVIEW)
        const id = await start('review', page)
        const before = await story(id)
        const complete = (more: object) => host.command(id, { kind: 'complete', by: ana, step: 1, route: 'approve', ...more })
        await expect(complete({ by: bo })).rejects.toMatchObject({ code: 'NOT_CANDIDATE' })
        await expect(complete({ route: 'perhaps' })).rejects.toMatchObject({ code: 'ROUTE_UNKNOWN' })
        await expect(host.command(id, { kind: 'complete', by: ana, step: 1 })).rejects.toMatchObject({ code: 'ROUTE_REQUIRED' })
        await expect(complete({ version: 99 })).rejects.toMatchObject({ code: 'ITEM_CHANGED' })
        await expect(complete({ step: 7 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
        const stale = host.command(id, { kind: 'claim', by: ana, step: 1 }, { ifFacts: 1 })
        await expect(stale).rejects.toMatchObject({ code: 'STATE_CHANGED', details: { preview: expect.anything() } })
        expect(await story(id)).toEqual(before)
      }),
    )

    test(
      'are claimed, given back and delegated; a claimed one is for nobody else',
      withHost(open, async ({ host, sync, start }) => {
        await sync(REVIEW)
        const id = await start('review', page)
        const item = async () => (await host.instance(id))?.steps[0]
        await host.command(id, { kind: 'claim', by: ana, step: 1 })
        await expect(host.command(id, { kind: 'claim', by: edith, step: 1 })).rejects.toMatchObject({ code: 'ITEM_CLAIMED' })
        await host.command(id, { kind: 'unclaim', by: ana, step: 1 })
        expect(await item()).not.toHaveProperty('assignee')
        await host.command(id, { kind: 'delegate', by: oscar, step: 1, to: 'user:bo' })
        expect(await item()).toMatchObject({ assignee: 'bo' })
        await expect(host.command(id, { kind: 'delegate', by: oscar, step: 1, to: 'user:nobody' })).rejects.toMatchObject({
          code: 'ASSIGNEE_UNKNOWN',
        })
      }),
    )

    test(
      'stay visible while the instance is suspended, and cannot be decided',
      withHost(open, async ({ host, sync, start }) => {
        await sync(REVIEW)
        const id = await start('review', page)
        await host.command(id, { kind: 'suspend', by: oscar })
        expect(await host.workItem(`${id}.1`, ana)).toMatchObject({ status: 'suspended', can: ['comment'] })
        const late = host.command(id, { kind: 'complete', by: ana, step: 1, route: 'approve' })
        await expect(late).rejects.toMatchObject({ code: 'SUSPENDED' })
        await host.command(id, { kind: 'resume', by: oscar })
        expect(await host.command(id, { kind: 'complete', by: ana, step: 1, route: 'approve' })).toMatchObject({ id })
      }),
    )
  })
}
