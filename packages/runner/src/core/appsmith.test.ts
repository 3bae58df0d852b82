import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { bundleWorkflow } from '../bundle/index.ts'
import { JournalHost } from '../fixture/journal-host.fixture.ts'
import { BundleShelf, removeFiles, writeFiles } from '../fixture/workflow-files.fixture.ts'
import { openInlineRunner } from '../index.ts'

const shelf = new BundleShelf()
const runner = openInlineRunner({ loadBundle: shelf.load })

afterAll(async () => {
  await runner.close()
  await removeFiles()
})

const bundleOf = async (file: string, code: string) => {
  const bundle = await bundleWorkflow(path.join(await writeFiles({ [file]: code }), file))
  return { ...bundle, bundle: shelf.add(bundle) }
}

const REQUEST = `appsmith.workflows.assignRequest({
  requestName: 'refund-approval', message: 'Refund order ' + data.orderId, resolutions: ['Approve', 'Reject'],
  metadata: { orderId: data.orderId }, requestToUsers: ['cleo@example.com'], requestToGroups: ['finance'],
})`

test('a module as Appsmith exports it runs as it is', async () => {
  const { bundle, id, title } = await bundleOf(
    'order_refund.js',
    `export default {
      async executeWorkflow(data) {
        const response = await ${REQUEST}
        return [response.resolution, response.payload.rejectionReason, response.metadata.rejectionReason, response == 'Reject', response.workflowInstanceId, this.helper()]
      },
      helper() { return 'own method' },
    }`,
  )
  expect({ id, title }).toEqual({ id: 'order_refund', title: 'Order refund' })
  const host = new JournalHost({ runner, bundle, instance: 'b5xgv5qz', input: { orderId: 42 } })
  expect((await host.start()).calls).toEqual([
    {
      call: 1,
      kind: 'ask',
      name: 'refund-approval',
      title: 'Refund order 42',
      to: ['user:cleo@example.com', 'group:finance'],
      routes: [{ name: 'Approve' }, { name: 'Reject' }],
      metadata: { orderId: 42 },
    },
  ])
  expect((await host.answer('ask', 'Reject', { rejectionReason: 'too late' })).outcome).toEqual({
    kind: 'returned',
    output: ['Reject', 'too late', 'too late', true, 'b5xgv5qz', 'own method'],
  })
})

test('a plain function, the older word for resolutions, and no message are understood', async () => {
  const { bundle } = await bundleOf(
    'main.ts',
    `export async function executeWorkflow(data: { team: string }) {
      const { resolution } = await appsmith.workflows.assignRequest({ requestName: 'read', allowedResolutions: ['Read'], requestToGroups: [data.team] })
      return resolution === 'Read'
    }`,
  )
  const host = new JournalHost({ runner, bundle, instance: 'older', input: { team: 'all' } })
  expect((await host.start()).calls).toMatchObject([{ title: 'read', to: ['group:all'], routes: [{ name: 'Read' }] }])
  expect((await host.answer('ask', 'Read')).outcome).toEqual({ kind: 'returned', output: true })
})

test.each([
  [`{ requestName: 'r', resolutions: ['a'] }`, 'run.ask has nobody to ask'],
  [`{ requestName: 'r', requestToUsers: ['ana'] }`, 'assignRequest r has no resolutions'],
])('assignRequest(%s) rejects at once instead of waiting for nobody', async (request, message) => {
  const { bundle } = await bundleOf('main.js', `export const executeWorkflow = () => appsmith.workflows.assignRequest(${request})`)
  const made = await new JournalHost({ runner, bundle, instance: message }).start()
  expect(made).toMatchObject({ calls: [], outcome: { kind: 'threw', error: { message: expect.stringContaining(message) } } })
})
