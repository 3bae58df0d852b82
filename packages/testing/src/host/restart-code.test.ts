import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openTestHost, type TestHost } from '../index.ts'

const operator = { user: 'admin', groups: [], isOperator: true }

let host: TestHost
afterEach(() => host.close())

/** Pays, packs in a child that asks, and ships; the receipt is drawn by chance before anything is done. */
const ORDER = `import { workflow } from '@millrace/workflow'
export default workflow({ id: 'order' }, async (run) => {
  const receipt = run.uuid()
  await run.task('pay', { receipt })
  const packed = run.start('pack')
  await run.task('label', { receipt })
  await run.task('ship', { receipt, again: run.uuid() })
  await packed
  return { receipt, run: run.instance.run }
})
`

const PACK = 'id: pack\nnodes:\n  - { id: box, type: participant, assign: "user:ana", next: end }\n'

test('code restarted from a step pays once, draws the same chance and waits for a child of its own, however often', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-restart-'))
  const file = join(folder, 'order.workflow.ts')
  await writeFile(file, ORDER)
  let isShipClosed = true
  const opened = await openTestHost({
    models: [PACK],
    workflows: [file],
    people: { ana: [] },
    tasks: {
      pay: true,
      label: true,
      ship: () => {
        if (isShipClosed) throw new Error('closed')
        return true
      },
    },
  })
  host = opened
  await rm(folder, { recursive: true })
  const id = await host.start('order')
  await host.advance('1h')
  for (let run = 2; run <= 4; run++) {
    expect(await host.instance(id)).toMatchObject({ status: 'FAILED', run: run - 1 })
    isShipClosed = run < 4
    const ship = (await host.history(id)).findLast((entry) => entry.type === 'opened' && entry.node === 'ship')
    await host.host.command(id, { kind: 'restart', by: operator, from: String(ship?.step) })
    await host.advance('1h')
  }
  expect(host.ran.map(({ task }) => task).filter((task) => task !== 'ship')).toEqual(['pay', 'label'])
  const shipped = host.ran.filter(({ task }) => task === 'ship').map(({ input }) => input)
  expect(shipped).toEqual(shipped.map(() => shipped[0]))
  const [box, ...others] = await host.inbox('ana')
  expect(others).toEqual([])
  await host.complete(box?.instance ?? '', 'box', { by: 'ana' })
  const { status, output } = await host.instance(id)
  expect(status).toBe('COMPLETED')
  // The run whose journal it keeps, and the number that was drawn in it.
  expect(output).toEqual({ ...(host.ran[0]?.input as object), run: 1 })
})
