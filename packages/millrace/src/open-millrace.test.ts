/** Millrace as a library: what a program that embeds it does. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineTask } from '@millrace/workflow'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { type Actor, type Host, MillraceError, openMillrace, syncFolder } from './index.ts'

const MODEL = `id: refund
payload: none
data: { order: { type: string }, receipt: { type: object } }
nodes:
  - { id: check, type: participant, title: "Refund {{ data.order }}", assign: "user:ana", routes: { approve: pay, reject: end } }
  - { id: pay, type: process, task: bank.pay, with: { order: "{{ data.order }}" }, result: receipt, next: end }
`
const ana: Actor = { user: 'ana', groups: [], isOperator: false }

let folder: string
let millrace: Host
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-embed-'))
  await writeFile(join(folder, 'refund.yaml'), MODEL)
  await writeFile(join(folder, 'millrace.yaml'), 'people: { users: { ana: {} } }\n')
})
afterEach(async () => {
  await millrace.close()
  await rm(folder, { recursive: true })
})

const ended = (id: string): Promise<void> =>
  new Promise((resolve) => {
    const look = async () => {
      if ((await millrace.instance(id))?.status === 'COMPLETED') resolve()
    }
    millrace.subscribe(() => void look())
    void look()
  })

test('a program starts work, decides it, runs its own task, and finds everything again after a restart', async () => {
  const paid: string[] = []
  const pay = defineTask({ name: 'bank.pay', input: z.object({ order: z.string() }) }, ({ order }, context) => {
    const { key } = context
    context.log(`paid ${order}`, { key })
    paid.push(order)
    return { reference: key }
  })
  const said: string[] = []
  const options = {
    path: join(folder, 'data', 'millrace.db'),
    tasks: [pay],
    builtin: { log: (line: { message: string }) => said.push(line.message) },
  }
  millrace = await openMillrace(options)
  expect(await syncFolder(millrace, folder)).toMatchObject([{ file: 'refund.yaml', workflow: 'refund', version: 1, isNew: true }])
  const { id } = await millrace.start({ workspace: 'default', workflow: 'refund', data: { order: 'A1' } }, ana)
  await millrace.close()

  millrace = await openMillrace(options)
  expect(await syncFolder(millrace, folder)).toMatchObject([{ version: 1, isNew: false }])
  const { items } = await millrace.store.queries.inbox(
    { workspace: 'default', view: 'mine', reader: { ...ana, seesAll: false } },
    { limit: 10 },
  )
  expect(items).toMatchObject([{ title: 'Refund A1', instance: id }])
  await millrace.command(id, { kind: 'complete', by: ana, step: 1, route: 'approve' })
  await ended(id)
  expect((await millrace.instance(id))?.data).toEqual({ order: 'A1', receipt: { reference: `${id}:2` } })
  expect({ paid, said }).toEqual({ paid: ['A1'], said: ['paid A1'] })
  const late = millrace.command(id, { kind: 'complete', by: ana, step: 1, route: 'approve' })
  await expect(late).rejects.toBeInstanceOf(MillraceError)
  await expect(late).rejects.toMatchObject({ code: 'STEP_CLOSED' })
})

test('a task of the program is kept to its input, its deadline and its output, as one in a file of its own', async () => {
  const slow = defineTask(
    { name: 'bank.pay', input: z.object({ order: z.string().max(2) }), timeout: '20ms' },
    (_, { signal }) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('stopped')))),
  )
  millrace = await openMillrace({ tasks: [slow] })
  await syncFolder(millrace, folder)
  const fail = async (order: string) => {
    const { id } = await millrace.start({ workspace: 'default', workflow: 'refund', data: { order } }, ana)
    await millrace.command(id, { kind: 'complete', by: ana, step: 1, route: 'approve' })
    await expect.poll(async () => (await millrace.why(id))?.code).not.toBe('TASK')
    return (await millrace.store.queries.history(id, { before: 1e9, limit: 3 })).map(
      ({ details }) => (details['error'] as { code?: string } | undefined)?.code,
    )
  }
  expect(await fail('too long')).toContain('INPUT_INVALID')
  expect(await fail('A1')).toContain('TIMED_OUT')
})

test('a stop in the middle of code loses nothing: it goes on at the next start', async () => {
  await writeFile(
    join(folder, 'add.workflow.ts'),
    "import { workflow } from '@millrace/workflow'\nexport default workflow({ id: 'add' }, async (run) => {\n  for (let n = 0; n < 300; n++) await run.task('noop')\n  return 42\n})\n",
  )
  const defects: unknown[] = []
  const options = { path: join(folder, 'millrace.db'), onDefect: (error: unknown) => void defects.push(error) }
  millrace = await openMillrace(options)
  await syncFolder(millrace, folder)
  const { id } = await millrace.start({ workspace: 'default', workflow: 'add' }, ana)
  await millrace.close()
  millrace = await openMillrace(options)
  await ended(id)
  expect((await millrace.instance(id))?.output).toBe(42)
  expect(defects).toEqual([])
})
