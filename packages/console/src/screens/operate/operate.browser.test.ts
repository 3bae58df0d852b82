/** What an operator does about trouble, in a browser: sees it come, repairs a cause in stages, waits for a lock, restarts what was lost. */
import { rm } from 'node:fs/promises'
import type { Actor, FactBody } from '@millrace/kernel'
import type { StartInstance } from '@millrace/protocol'
import { tell } from '@millrace/testing/store-contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ConsoleUnderTest, hasChromium, openConsole } from '../../console.fixture.ts'
import { troubledProject } from './troubles.fixture.ts'

const author: Actor = { user: 'bo', groups: [], isOperator: false }

describe.skipIf(!hasChromium)('operating, in Chromium', () => {
  let project: string
  let console_: ConsoleUnderTest
  beforeAll(async () => {
    project = await troubledProject()
    console_ = await openConsole({ project })
  })
  afterAll(async () => {
    await console_.close()
    await rm(project, { recursive: true })
  })

  const start = async (workflow: string, more: Omit<StartInstance, 'workflow'> = {}): Promise<string> =>
    (await console_.served().host.start({ workspace: 'default', workflow, ...more }, author)).id
  const refund = (n: number, times: number) =>
    start('refund', { title: `Refund ${n}`, data: { code: 'PAYMENT_DOWN', message: `HTTP 503 for order ${n}`, times } })
  const decide = (id: string, user: string) =>
    console_.served().host.command(id, { kind: 'complete', by: { user, groups: ['editors', 'night-shift'], isOperator: false }, step: 1 })
  const statusOf = async (id: string) => (await console_.served().host.instance(id))?.status

  test('trouble appears by itself, is repaired one first, and is gone by itself', async () => {
    const { page, context } = await console_.visit('admin', '/operate')
    await page.getByText('Nothing is open, so nothing is stuck.').waitFor()
    const ids = await Promise.all([1, 2, 3].map((n) => refund(n, 1)))
    const line = page
      .getByRole('listitem')
      .filter({ hasText: /3 instances of Refund failed at Charge: HTTP 503 for order \d PAYMENT_DOWN/ })
    await line.getByRole('button', { name: 'Repair all…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Repair all of one cause' })
    await dialog.getByText('first 1, then 2').waitFor()
    await dialog.getByRole('button', { name: 'Retry 1 of 3 first' }).click()
    await page.waitForURL(/\/batches\//)
    await page.getByText('Completed', { exact: true }).waitFor()
    await page.getByText('3 of 3 have a result').waitFor()
    for (const id of ids) expect(await statusOf(id)).toBe('COMPLETED')
    await page.getByRole('link', { name: 'Operate', exact: true }).click()
    await page.getByText('Nothing is open, so nothing is stuck.').waitFor()
    await context.close()
  })

  test('a retry that fails again stops the batch, and the rest is left to whoever cancels it', async () => {
    const ids = await Promise.all([1, 2, 3].map((n) => refund(n, 9)))
    const { page, context } = await console_.visit('admin', '/incidents')
    await page.getByRole('link', { name: /3\s*Refund › Charge/ }).click()
    await page.getByRole('button', { name: 'Repair all…' }).click()
    await page.getByRole('button', { name: 'Retry 1 of 3 first' }).click()
    await page.getByText('Stopped at a failure').waitFor()
    await page.getByRole('row', { name: /Failed again/ }).waitFor()
    await page.getByRole('button', { name: 'Cancel the rest' }).click()
    await page.getByText('Cancelled', { exact: true }).waitFor()
    expect(await page.getByRole('row', { name: /Left as it is/ }).count()).toBe(2)
    // Only the first was tried again.
    const attempts = await Promise.all(
      ids.map(
        async (id) =>
          (await console_.served().host.store.queries.history(id, { limit: 50 })).filter(({ type }) => type === 'incident').length,
      ),
    )
    expect(attempts.toSorted((a, b) => a - b)).toEqual([1, 1, 2])
    for (const id of ids)
      await console_.served().host.command(id, { kind: 'terminate', by: { user: 'admin', groups: [], isOperator: true }, reason: 'Enough' })
    await context.close()
  })

  test('a lock says what its holder waits for, and the next in line holds it when that is done', async () => {
    const blue = await start('deploy', { title: 'Deploy blue' })
    const green = await start('deploy', { title: 'Deploy green', queue: true })
    const { page, context } = await console_.visit('admin', '/locks')
    const table = page.getByRole('table', { name: 'deployment:web' })
    await table.getByRole('row', { name: /Holds it Deploy blue Waits for .*Editors.*Go ahead/ }).waitFor()
    await table.getByRole('row', { name: /Place 1 Deploy green Behind Deploy blue/ }).waitFor()
    await decide(blue, 'ana')
    await page
      .getByRole('table', { name: 'Held, and nobody waits' })
      .getByRole('row', { name: /deployment:web Deploy green/ })
      .waitFor()
    await decide(green, 'ana')
    await page.getByText('No lock is held').waitFor()
    expect([await statusOf(blue), await statusOf(green)]).toEqual(['COMPLETED', 'COMPLETED'])
    await context.close()
  })

  test('what waits for nobody is repaired by a member, and the line goes', async () => {
    const id = await start('patrol')
    const { store } = console_.served().host
    const { page, context } = await console_.visit('admin', '/operate')
    const line = page.getByText(/1 work item has nobody who can answer/)
    const nils = await store.people.user('nils')
    if (nils === undefined) throw new Error('The project has a nils.')
    await store.people.saveUser({ ...nils, isActive: false }, 'admin')
    await line.waitFor()
    await store.people.saveUser({ ...nils, isActive: true }, 'admin')
    await line.waitFor({ state: 'detached' })
    await decide(id, 'nils')
    await context.close()
  })

  test('doctor shows what nothing explains first, and repairing restarts its step', async () => {
    const attempt: FactBody = {
      t: 'opened',
      step: 1,
      node: 'charge',
      wait: { kind: 'task', task: 'log', attempt: 1, input: { message: 'Paid' } },
    }
    const lost = tell(1, { workflow: 'refund', title: 'Refund lost', by: 'bo' })
    // Nobody has said anything of it for a while: what was begun just now is under way.
    const atMs = Date.now() - 60_000
    await console_.served().host.store.instances.commit({ atMs, changes: [lost.tick(atMs, attempt)] })
    const { page, context } = await console_.visit('admin', '/doctor')
    await page.getByRole('link', { name: 'Refund lost' }).waitFor()
    await page.getByText('Nothing explains why it does not move').waitFor()
    await page.getByRole('button', { name: 'Repair 1' }).click()
    await page.getByText('1 step restarted').waitFor()
    await expect.poll(() => statusOf(lost.id)).toBe('COMPLETED')
    await page.getByRole('button', { name: 'Check again' }).click()
    await page.getByText('Every one of them waits for something that is there.').waitFor()
    await context.close()
  })

  test('nothing is complained of by the browser', () => {
    expect(console_.complaints).toEqual([])
  })
})
