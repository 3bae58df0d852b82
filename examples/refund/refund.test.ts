/** The example runs: bundled, with its real task, through the ports the server uses. */

import path from 'node:path'
import type { Call } from '@millrace/kernel'
import type { AdvanceRequest } from '@millrace/protocol'
import { openInlineRunner, openTaskProcess, type TaskProcess } from '@millrace/runner'
import { bundleWorkflow } from '@millrace/runner/bundle'
import { afterAll, beforeAll, expect, test } from 'vitest'

type Delivery = AdvanceRequest['delivery']

let bundle: Awaited<ReturnType<typeof bundleWorkflow>>
let tasks: TaskProcess

beforeAll(async () => {
  bundle = await bundleWorkflow(path.join(import.meta.dirname, 'refund.workflow.ts'))
  tasks = await openTaskProcess({ folder: import.meta.dirname, onOutput: () => undefined })
})
afterAll(() => tasks.close())

/** Runs an instance to its end; finance chooses the route. */
const refund = async (
  input: { readonly orderId: string; readonly amount: number },
  decide: { readonly route: string; readonly answer?: { readonly reason: string } },
) => {
  const runner = openInlineRunner({ loadBundle: async () => bundle.bundle })
  const request = {
    instance: 'refund-1',
    workspace: 'default',
    run: 1,
    bundle: bundle.hash,
    input,
    data: {},
    initiator: 'bo',
    atMs: 0,
    loadJournal: async () => [],
  }
  const asked: string[] = []
  const data: object = {}
  const answerTo = async (call: Call): Promise<Delivery | undefined> => {
    switch (call.kind) {
      case 'ask':
        asked.push(`${call.to.join()}: ${call.title}`)
        return { kind: 'result', call: call.call, output: { by: 'cleo', answer: {}, ...decide } }
      case 'task': {
        const attempt = {
          instance: 'refund-1',
          workspace: 'default',
          workflow: 'refund',
          step: 1,
          node: call.name,
          attempt: 1,
          task: call.task,
          key: 'refund-1:1',
          input: call.input ?? null,
        }
        const outcome = await tasks.run(attempt, () => ({ aborted: false, addEventListener: () => undefined }))
        return { kind: 'result', call: call.call, ...(outcome.ok ? { output: outcome.output ?? null } : { error: outcome.error }) }
      }
      case 'set':
        Object.assign(data, call.data)
        return undefined
      default:
        return undefined
    }
  }
  let calls = 0
  let next: Delivery | undefined = { kind: 'start' }
  while (next !== undefined) {
    const answer = await runner.advance({ ...request, delivery: next, calls })
    if (answer.kind === 'failed') throw new Error(answer.reason)
    if (answer.outcome !== undefined) {
      await runner.close()
      for (const call of answer.calls) await answerTo(call)
      return { outcome: answer.outcome, asked, data }
    }
    calls += answer.calls.length
    next = undefined
    for (const call of answer.calls) next = (await answerTo(call)) ?? next
  }
  throw new Error('It waits for nothing.')
}

test('a small refund is paid without asking anybody', async () => {
  expect(await refund({ orderId: '42', amount: 5 }, { route: 'reject' })).toEqual({
    outcome: { kind: 'returned', output: { status: 'paid', reference: 'refund-refund-1:1', amount: 5 } },
    asked: [],
    data: {},
  })
})

test('a large one waits for finance and is paid when approved', async () => {
  expect(await refund({ orderId: '42', amount: 30 }, { route: 'approve' })).toMatchObject({
    outcome: { kind: 'returned', output: { status: 'paid', amount: 30 } },
    asked: ['group:finance: Refund 42'],
    data: { stage: 'paid' },
  })
})

test('a rejected one says why and pays nothing', async () => {
  expect(await refund({ orderId: '42', amount: 30 }, { route: 'reject', answer: { reason: 'too late' } })).toMatchObject({
    outcome: { kind: 'returned', output: { status: 'rejected', reason: 'too late' } },
    data: { stage: 'rejected' },
  })
})

test('one above the limit of the bank fails with the code of the task', async () => {
  expect(await refund({ orderId: '42', amount: 20_000 }, { route: 'approve' })).toMatchObject({
    outcome: { kind: 'threw', error: { code: 'BANK_LIMIT', message: 'The bank pays at most 10000 €, not 20000 € for order 42.' } },
  })
})
