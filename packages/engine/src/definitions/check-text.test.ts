import type { Actor } from '@millrace/kernel'
import type { Host } from '@millrace/protocol'
import { openMemoryStore } from '@millrace/store'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openEngine } from '../index.ts'

const admin: Actor = { user: 'admin', groups: [], isOperator: true }
const starts = (id: string, other: string, version = ''): string =>
  `id: ${id}\nnodes:\n  - { id: sub, type: container, workflow: ${other}${version}, next: end }\n`

let host: Host
beforeEach(async () => {
  host = await openEngine({
    store: openMemoryStore(),
    tasks: {
      run: () => ({ ok: true }),
      has: (task) => task === 'log',
      list: () => [
        {
          name: 'log',
          title: 'Write to the log',
          plugin: 'builtin',
          input: {
            type: 'object',
            properties: { message: { type: 'string' }, level: { type: 'string' } },
            required: ['message'],
            additionalProperties: false,
          },
        },
      ],
      close: async () => undefined,
    },
    runner: { advance: () => Promise.reject(new Error('no code')), forget: () => undefined, close: async () => undefined },
  })
})
afterEach(() => host.close())

const sync = async (text: string) => {
  const id = /id: (\S+)/.exec(text)?.[1] ?? ''
  const current = await host.store.definitions.draft('default', id)
  await host.store.definitions.saveDraft(
    { workspace: 'default', id, title: id, text, format: 'yaml', updatedBy: 'test', updatedAtMs: 0 },
    current?.etag ?? null,
  )
  return host.syncModel('default', id, admin)
}
const leaf = (id: string): string => `id: ${id}\nnodes:\n  - { id: say, type: process, task: log, with: { message: hi }, next: end }\n`

test('containers that come back to their model are refused at Sync, however many models they pass', async () => {
  expect((await sync(starts('one', 'two'))).problems).toMatchObject([{ code: 'WORKFLOW_UNKNOWN', severity: 'warning', line: 3 }])
  await sync(starts('two', 'three'))
  await expect(sync(starts('three', 'one'))).rejects.toMatchObject({
    code: 'MODEL_INVALID',
    details: { problems: [{ code: 'CONTAINER_CYCLE', message: 'sub starts instances in a circle: three → one → two → three.' }] },
  })
  expect(await host.store.definitions.version('default', 'three')).toBeUndefined()
})

test('a container that is there is no problem, nor is one pinned to a version that did not come back yet', async () => {
  await sync(leaf('two'))
  expect((await sync(starts('one', 'two'))).problems).toEqual([])
  await expect(sync(starts('two', 'one'))).rejects.toMatchObject({ code: 'MODEL_INVALID' })
  await sync(leaf('three'))
  await sync(starts('three', 'one'))
  expect((await sync(starts('one', 'three', ', version: 1'))).problems).toEqual([])
})

test('arguments that a task does not take, and those it misses, are warned of where they stand', async () => {
  const { problems } = await sync('id: one\nnodes:\n  - { id: say, type: process, task: log, with: { mesage: hi }, next: end }\n')
  expect(problems.map(({ severity, message, hint, line, column }) => `${line}:${column} ${severity} ${message} ${hint}`)).toEqual([
    '3:58 warning Say gives log the argument mesage, which it does not take. Did you mean message?',
    '3:48 warning Say does not give log the argument message, which it needs. Add message to its "with".',
  ])
})

test('arguments that come as one template, and those of a task nobody offers, are not judged', async () => {
  const withArguments = (task: string, given: string) =>
    sync(`id: one\ndata: { all: {} }\nnodes:\n  - { id: say, type: process, task: ${task}, with: ${given}, next: end }\n`)
  expect((await withArguments('log', '"{{ data.all }}"')).problems).toEqual([])
  expect((await withArguments('nobody.knows', '{ a: 1 }')).problems).toMatchObject([{ code: 'TASK_UNKNOWN' }])
})
