import { describe, expect, test } from 'vitest'
import { type OpenHost, oscar, withHost } from './harness.ts'

const model = (id: string, nodes: string): string => `id: ${id}\npayload: none\ndata: { got: { type: object } }\nnodes:\n${nodes}`
const RETRIED = model(
  'retried',
  '  - { id: try, type: process, task: fail, with: { times: 2 }, retry: { attempts: 3, initial: PT1M, jitter: 0 }, next: end }\n',
)
const FINAL = model('final', '  - { id: try, type: process, task: fail, with: { retryable: false }, result: got, next: end }\n')
const UNKNOWN = model('unknown', '  - { id: try, type: process, task: never, next: end }\n')
const HELD = model('held', '  - { id: try, type: process, task: hold, result: got, next: end }\n')
const BRANCHES = `id: branches
payload: none
nodes:
  - { id: both, type: and-split, branches: [a, b] }
  - { id: a, type: process, task: work, next: join }
  - { id: b, type: process, task: hold, next: join }
  - { id: join, type: and-join, next: end }
`

export const describeTasks = (open: OpenHost): void => {
  describe('tasks', () => {
    test(
      'are tried again when their policy says so, with one key for all tries',
      withHost(open, async ({ clock, pass, sync, start, until, bench }) => {
        await sync(RETRIED)
        const id = await start('retried')
        expect(await until(id, ({ why }) => why?.code === 'RETRY')).toMatchObject({ why: { nextAtMs: clock.now() + 60_000 } })
        await pass(60_000)
        await until(id, ({ why }) => why?.code === 'RETRY' && why.params['attempt'] === 3)
        await pass(120_000)
        await until(id, ({ status }) => status === 'COMPLETED')
        expect(bench.attempts.map(({ attempt, key }) => [attempt, key])).toEqual([1, 2, 3].map((attempt) => [attempt, `${id}:1`]))
      }),
    )

    test(
      'that fail for good stop their step as an incident, which an operator retries or skips',
      withHost(open, async ({ host, sync, start, until, bench }) => {
        await sync(FINAL)
        const id = await start('final')
        expect(await until(id, ({ incidents }) => incidents === 1)).toMatchObject({
          status: 'RUNNING',
          why: { code: 'INCIDENT', params: { code: 'BUSY' } },
        })
        await host.command(id, { kind: 'retry', by: oscar, step: 1 })
        await until(id, ({ incidents }) => incidents === 1 && bench.attempts.length === 2)
        await host.command(id, { kind: 'skip', by: oscar, step: 1, output: { by: 'hand' } })
        expect(await until(id, ({ status }) => status === 'COMPLETED')).toMatchObject({ data: { got: { by: 'hand' } }, incidents: 0 })
      }),
    )

    test(
      'that nobody offers are an incident that says so',
      withHost(open, async ({ sync, start, until }) => {
        await sync(UNKNOWN)
        expect(await until(await start('unknown'), ({ incidents }) => incidents === 1)).toMatchObject({
          why: { params: { code: 'TASK_UNKNOWN' } },
        })
      }),
    )

    test(
      'give their output to the data; a result that comes after the end of the instance changes nothing',
      withHost(open, async ({ host, sync, start, until, bench, story }) => {
        await sync(HELD)
        const id = await start('held')
        await until(id, ({ why }) => why?.code === 'TASK')
        bench.release({ ok: true, output: { n: 1 } })
        expect(await until(id, ({ status }) => status === 'COMPLETED')).toMatchObject({ data: { got: { n: 1 } } })
        const late = await start('held')
        await until(late, ({ why }) => why?.code === 'TASK')
        await host.command(late, { kind: 'terminate', by: oscar })
        const before = await story(late)
        bench.release({ ok: true, output: { n: 2 } })
        // Behind it in line: when this one has ended, the late result was handled.
        const after = await start('held')
        bench.release()
        await until(after, ({ status }) => status === 'COMPLETED')
        expect(await story(late)).toEqual(before)
      }),
    )

    test(
      'of branches run side by side, and their join goes on once',
      withHost(open, async ({ sync, start, until, bench, story }) => {
        await sync(BRANCHES)
        const id = await start('branches')
        expect(await until(id, ({ tokens }) => tokens['a>join'] === 1)).toMatchObject({ steps: [{ node: 'b' }] })
        bench.release()
        await until(id, ({ status }) => status === 'COMPLETED')
        expect((await story(id)).filter((fact) => fact === 'passed:join')).toHaveLength(1)
      }),
    )
  })
}
