import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CodeBundle } from '@millrace/protocol'
import { bundleWorkflow } from '@millrace/runner/bundle'
import { beforeAll, describe, expect, test } from 'vitest'
import { ana, type OpenHost, oscar, withHost } from './harness.ts'

const SOURCE = `import { user, workflow } from '@millrace/workflow'
import { z } from 'zod'
export default workflow({ id: 'order', input: z.object({ amount: z.number() }) }, async (run, { amount }) => {
  if (amount < 10) return { paid: amount }
  const answer = await run.race({
    asked: () => run.ask({ to: user('ana'), title: 'Pay?', routes: ['yes', 'no'] }),
    late: () => run.sleep('2d'),
  })
  run.set({ how: answer.winner })
  const paid = await run.waitFor('paid', { key: String(amount) })
  return { how: answer.winner, paid }
})
`

const bundleOf = async (source: string): Promise<CodeBundle> => {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-host-code-'))
  try {
    await writeFile(join(folder, 'order.workflow.ts'), source)
    return await bundleWorkflow(join(folder, 'order.workflow.ts'))
  } finally {
    await rm(folder, { recursive: true })
  }
}

export const describeCode = (open: OpenHost): void => {
  describe('code workflows', () => {
    let bundle: CodeBundle
    beforeAll(async () => {
      bundle = await bundleOf(SOURCE)
    })

    test(
      'are versions by their content, and check what they are called with',
      withHost(open, async ({ host, start, until }) => {
        expect(await host.syncCode('default', bundle, oscar)).toMatchObject({ workflow: 'order', version: 1, isNew: true })
        expect(await host.syncCode('default', bundle, oscar)).toMatchObject({ version: 1, isNew: false })
        await expect(start('order', { input: { amount: 'ten' } })).rejects.toMatchObject({ code: 'DATA_INVALID' })
        const id = await start('order', { input: { amount: 5 } })
        expect(await until(id, ({ status }) => status === 'COMPLETED')).toMatchObject({ kind: 'code', output: { paid: 5 } })
      }),
    )

    test(
      'wait for people, time and messages in the same inbox and on the same clock, through a restart where there is one',
      withHost(open, async (scene) => {
        await scene.host.syncCode('default', bundle, oscar)
        const [asked, late] = [await scene.start('order', { input: { amount: 20 } }), await scene.start('order', { input: { amount: 30 } })]
        await scene.until(asked, ({ steps }) => steps.length === 2)
        await scene.restart?.()
        expect(await scene.host.workItem(`${asked}.1`, ana)).toMatchObject({ title: 'Pay?', routes: [{ name: 'yes' }, { name: 'no' }] })
        await scene.host.command(asked, { kind: 'complete', by: ana, step: 1, route: 'yes' })
        expect(await scene.until(asked, ({ data }) => data['how'] !== undefined)).toMatchObject({ steps: [{ waits: 'message' }] })
        await scene.until(late, ({ steps }) => steps.length === 2)
        await scene.pass(2 * 86_400_000)
        expect(await scene.until(late, ({ data }) => data['how'] !== undefined)).toMatchObject({
          data: { how: 'late' },
          steps: [{ waits: 'message' }],
        })
        await scene.restart?.()
        for (const [key, id] of [
          ['20', asked],
          ['30', late],
        ] as const) {
          await scene.host.publish({ workspace: 'default', name: 'paid', key, body: { key } }, oscar)
          expect(await scene.until(id, ({ status }) => status === 'COMPLETED')).toMatchObject({ output: { paid: { key } } })
        }
      }),
    )
  })
}
