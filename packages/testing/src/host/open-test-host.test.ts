import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WorkflowError } from '@millrace/workflow'
import { afterEach, expect, test } from 'vitest'
import { openTestHost, type TestHost, type TestHostOptions } from '../index.ts'

const APPROVAL = `id: approval
payload: path
data: { receipt: { type: object } }
nodes:
  - id: review
    type: participant
    assign: group:editors
    timeout: { after: P2D, then: { escalate: "group:chiefs" } }
    routes: { approve: publish, reject: end }
  - { id: publish, type: process, task: cms.publish, with: { path: "{{ payload.path }}" }, result: receipt, retry: { attempts: 3, initial: PT1M, jitter: 0 }, next: nap }
  - { id: nap, type: wait, for: PT1H, next: end }
`
const people = { ana: ['editors'], cy: ['chiefs'], bo: [] }

let host: TestHost
afterEach(() => host.close())
const open = async (options: TestHostOptions) => {
  host = await openTestHost(options)
  return host
}

test('decisions, tasks and time make the instance go to its end, each at its own moment', async () => {
  const { start, complete, advance, instance, ran, inbox } = await open({
    models: [APPROVAL],
    people,
    tasks: { 'cms.publish': ({ path }: { readonly path: string }) => ({ url: `https://live.example${path}` }) },
  })
  const id = await start('approval', { payload: '/a', by: 'bo' })
  expect((await inbox('ana')).map(({ node }) => node)).toEqual(['review'])
  expect(await inbox('cy')).toEqual([])
  await advance('2d')
  expect((await inbox('cy')).map(({ priority }) => priority)).toEqual([70])
  await complete(id, 'review', { by: 'cy', route: 'approve' })
  expect(ran).toEqual([{ task: 'cms.publish', input: { path: '/a' }, node: 'publish', attempt: 1, key: `${id}:2` }])
  await advance('59m')
  expect((await instance(id)).status).toBe('RUNNING')
  await advance('1m')
  expect(await instance(id)).toMatchObject({ status: 'COMPLETED', data: { receipt: { url: 'https://live.example/a' } } })
  expect((await host.history(id)).at(-1)).toMatchObject({ type: 'ended', atMs: Date.parse('2026-01-03T01:00:00Z') })
})

test('a task fails as often and with the code a test says, and is tried again when its policy says so', async () => {
  let tries = 0
  const { start, complete, advance, ran, instance } = await open({
    models: [APPROVAL],
    people,
    tasks: {
      'cms.publish': () => {
        if (++tries < 3) throw new WorkflowError('BUSY', 'Not now.', { details: { retryAfterMs: 90_000 } })
        return {}
      },
    },
  })
  const id = await start('approval', { payload: '/a', by: 'bo' })
  await complete(id, 'review', { by: 'ana', route: 'approve' })
  expect((await instance(id)).why).toMatchObject({ code: 'RETRY', params: { asked: true } })
  await advance('89s')
  expect(ran).toHaveLength(1)
  await advance('1s')
  expect(ran).toHaveLength(2)
  // The second wait is the policy's own: longer than what was asked for.
  await advance('2m')
  expect(ran.map(({ attempt }) => attempt)).toEqual([1, 2, 3])
  expect((await instance(id)).steps.map(({ node }) => node)).toEqual(['nap'])
})

test('what nobody gave is an incident that says what to give; nothing outside is called', async () => {
  const { start, instance } = await open({
    models: ['id: call\nnodes:\n  - { id: get, type: process, task: http.request, with: { url: "https://example.org" }, next: end }\n'],
  })
  const { why } = await instance(await start('call'))
  expect(why).toMatchObject({
    code: 'INCIDENT',
    params: { code: 'TASK_UNKNOWN', message: expect.stringContaining("tasks: { 'http.request'") },
  })
})

test('the built-in wait is on the virtual clock; messages and callbacks move who waits for them', async () => {
  const { start, advance, publish, callback, instance } = await open({
    models: [
      `id: waits
nodes:
  - { id: a, type: process, task: wait, with: { for: 1m30s }, next: b }
  - { id: b, type: wait, message: paid, key: A1, next: c }
  - { id: c, type: wait, callback: true, next: end }
`,
    ],
  })
  const id = await start('waits')
  const open1 = async () => (await instance(id)).steps.map(({ node }) => node)
  await advance('89s')
  expect(await open1()).toEqual(['a'])
  await advance('1s')
  expect(await open1()).toEqual(['b'])
  await publish('paid', { key: 'other' })
  expect(await open1()).toEqual(['b'])
  await publish('paid', { key: 'A1' })
  await callback(id, 'c', { done: true })
  expect((await instance(id)).status).toBe('COMPLETED')
})

test('code workflows run as they are, and a refusal is the one of a server', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-test-host-'))
  const file = join(folder, 'remind.workflow.ts')
  await writeFile(
    file,
    `import { user, workflow } from '@millrace/workflow'
export default workflow({ id: 'remind' }, async (run) => {
  const asked = run.ask({ to: user('ana'), title: 'Well?', routes: ['yes', 'no'] })
  for (let days = 1; ; days++) {
    const answer = await Promise.race([asked, run.sleep('1d').then(() => undefined)])
    if (answer !== undefined) return { route: answer.route, days, at: new Date(run.now()).toISOString() }
  }
})
`,
  )
  const { start, advance, complete, instance } = await open({ workflows: [file], people })
  await rm(folder, { recursive: true })
  const id = await start('remind')
  await advance('36h')
  await expect(complete(id, 'ask', { by: 'bo', route: 'yes' })).rejects.toMatchObject({ code: 'NOT_CANDIDATE' })
  await complete(id, 'ask', { by: 'ana', route: 'yes' })
  expect(await instance(id)).toMatchObject({ status: 'COMPLETED', output: { route: 'yes', days: 2, at: '2026-01-02T12:00:00.000Z' } })
  await expect(complete(id, 'ask')).rejects.toMatchObject({ code: 'NOT_FOUND', message: expect.stringContaining('COMPLETED') })
})

test('a model that is wrong is refused with its problems', async () => {
  await expect(
    openTestHost({ models: ['id: wrong\nnodes:\n  - { id: a, type: process, task: log, next: nowhere }\n'] }),
  ).rejects.toMatchObject({
    code: 'MODEL_INVALID',
  })
  host = await openTestHost()
})
