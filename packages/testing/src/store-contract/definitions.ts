import { describe, expect, test } from 'vitest'
import { type OpenHarness, withStore } from './harness.ts'
import { completed, openTask, tell } from './story.ts'

const draft = (text: string, updatedBy = 'ed', updatedAtMs = 1_000) =>
  ({ workspace: 'default', id: 'publish', title: 'Publish', text, format: 'yaml', updatedBy, updatedAtMs }) as const

const version = (workflow: string, more: object = {}) =>
  ({
    workspace: 'default',
    workflow,
    kind: 'graph',
    hash: 'h1',
    title: workflow,
    syncedBy: 'ed',
    syncedAtMs: 5,
    content: { id: workflow },
    source: `id: ${workflow}`,
    ...more,
  }) as const

export const describeDefinitions = (open: OpenHarness): void => {
  describe('drafts', () => {
    test(
      'are saved by who saw the last one, and by nobody else',
      withStore(open, async ({ store }) => {
        const { definitions } = store
        expect(await definitions.draft('default', 'publish')).toBeUndefined()
        const first = await definitions.saveDraft(draft('a'), null)
        expect(await definitions.draft('default', 'publish')).toEqual(first)
        const second = await definitions.saveDraft(draft('b', 'bo', 2_000), first.etag)
        expect(second.etag).not.toBe(first.etag)
        await expect(definitions.saveDraft(draft('c'), first.etag)).rejects.toMatchObject({
          code: 'STALE_ETAG',
          message: expect.stringContaining('bo'),
          details: { etag: second.etag, updatedBy: 'bo', updatedAtMs: 2_000 },
        })
        await expect(definitions.saveDraft(draft('c'), null)).rejects.toMatchObject({ code: 'STALE_ETAG' })
        expect(await definitions.draft('default', 'publish')).toEqual(second)
        await definitions.saveDraft(draft('d'), undefined)
        expect(await definitions.drafts('default')).toEqual([expect.not.objectContaining({ text: 'd' })])
        expect(await definitions.drafts('other')).toEqual([])
        await definitions.deleteDraft('default', 'publish', 'ed')
        expect(await definitions.drafts('default')).toEqual([])
        await expect(definitions.saveDraft(draft('e'), second.etag)).rejects.toMatchObject({ code: 'STALE_ETAG' })
      }),
    )
  })

  describe('versions', () => {
    test(
      'are numbered, kept whole, and listed newest first with the instances that use them',
      withStore(open, async ({ store }) => {
        const { definitions } = store
        expect(await definitions.nextVersion('default', 'publish')).toBe(1)
        const first = await definitions.addVersion(version('publish', { note: 'first' }))
        expect(await definitions.nextVersion('default', 'publish')).toBe(2)
        expect(await definitions.nextVersion('other', 'publish')).toBe(1)
        const second = await definitions.addVersion(version('publish', { hash: 'h2', content: { id: 'publish', nodes: [null, 1] } }))
        expect([first.version, second.version]).toEqual([1, 2])
        expect(await definitions.version('default', 'publish')).toEqual(second)
        expect(await definitions.version('default', 'publish', 1)).toEqual(first)
        expect(await definitions.version('default', 'publish', 3)).toBeUndefined()
        await tell(1).commit(store, 1_000, openTask(1))
        await tell(2).commit(store, 1_000, completed)
        await tell(3, { version: 2 }).commit(store, 1_000, openTask(1), { t: 'incident', step: 1, error: { code: 'X', message: 'x' } })
        const list = await definitions.versions('default', 'publish')
        expect(list.map(({ version: number, note, open: running, total }) => [number, note, running, total])).toEqual([
          [2, undefined, 1, 1],
          [1, 'first', 1, 2],
        ])
        expect(list[0]).not.toHaveProperty('content')
        await definitions.addVersion(version('pay', { kind: 'code' }))
        const latest = await definitions.latest('default')
        expect(latest.map(({ workflow, version: number, content }) => [workflow, number, content])).toEqual([
          ['pay', 1, { id: 'pay' }],
          ['publish', 2, { id: 'publish', nodes: [null, 1] }],
        ])
        expect(latest[0]).not.toHaveProperty('source')
        expect(await definitions.usage('default')).toEqual(new Map([['publish', { open: 2, total: 3, incidents: 1 }]]))
        expect(await definitions.usage('other')).toEqual(new Map())
      }),
    )

    test(
      'that instances use survive their workflow; numbers are never given twice',
      withStore(open, async ({ store }) => {
        const { definitions } = store
        for (const hash of ['h1', 'h2', 'h3']) await definitions.addVersion(version('publish', { hash }))
        await tell(1, { version: 2 }).commit(store, 1_000, completed)
        expect(await definitions.deleteWorkflow('default', 'publish', 'ed')).toEqual({ deleted: [1, 3], kept: [2] })
        expect((await definitions.versions('default', 'publish')).map((row) => row.version)).toEqual([2])
        expect(await definitions.nextVersion('default', 'publish')).toBe(4)
        expect((await definitions.addVersion(version('publish'))).version).toBe(4)
        expect(await definitions.deleteWorkflow('default', 'unheard', 'ed')).toEqual({ deleted: [], kept: [] })
      }),
    )

    test(
      'of code share a bundle by its hash, which goes with the last of them',
      withStore(open, async ({ store }) => {
        const { definitions } = store
        const bytes = new Uint8Array([1, 2, 255])
        const code = { kind: 'code', bundle: 'b1' }
        await definitions.addVersion(version('refund', code), bytes)
        await definitions.addVersion(version('return', code), bytes)
        expect(new Uint8Array((await definitions.bundle('default', 'b1')) ?? [])).toEqual(bytes)
        expect(await definitions.bundle('other', 'b1')).toBeUndefined()
        await definitions.deleteWorkflow('default', 'refund', 'ed')
        expect(await definitions.bundle('default', 'b1')).toBeDefined()
        await definitions.deleteWorkflow('default', 'return', 'ed')
        expect(await definitions.bundle('default', 'b1')).toBeUndefined()
      }),
    )
  })
}
