import { afterAll, beforeAll, expect, it } from 'vitest'
import { type CliFixture, openCli } from '../cli.fixture.ts'

const FAILING = `id: failing
title: Charge a card
nodes:
  - { id: pay, title: Pay, type: process, task: test.fail, with: { code: NO_CREDIT, message: Card refused, retryable: false }, next: end }
`
const ASKING = `id: asking
title: Ask somebody
nodes:
  - { id: ask, title: Ask, type: participant, assign: "user:admin", next: end }
`

let cli: CliFixture
beforeAll(async () => {
  cli = await openCli({ 'failing.yaml': FAILING, 'asking.yaml': ASKING })
}, 60_000)
afterAll(() => cli.close())

it('says that all is well, then what is not, and the command it names lists exactly that', async () => {
  expect((await cli.millrace('operate')).out).toBe('Nothing is stuck: 0 open, and each waits for a good reason.\n')
  const { id } = await cli.json<{ readonly id: string }>('instance', 'start', 'failing')
  await cli.json('instance', 'start', 'asking')
  await expect
    .poll(async () => (await cli.millrace('operate')).out)
    .toContain('1 instance of Charge a card failed at Pay: Card refused (NO_CREDIT)')
  const { out } = await cli.millrace('operate')
  const [, shown] = /(millrace incident list --group \w+)$/m.exec(out) ?? []
  const { items } = await cli.json<{ readonly items: readonly { readonly instance: string }[] }>(...(shown ?? '').split(' ').slice(1))
  expect(items.map(({ instance }) => instance)).toEqual([id])
})

it('counts what happened by day and by hour, and open work items by age', async () => {
  const today = (await cli.millrace('metrics', 'series')).out.trimEnd().split('\n')
  expect(today[0]?.split(/ {2,}/)).toEqual(['DAY', 'STARTED', 'COMPLETED', 'FAILED', 'ABORTED', 'INCIDENTS'])
  expect(today).toHaveLength(15)
  expect(today.slice(-2).map((line) => line.split(/ {2,}/).slice(1))).toContainEqual(['2', '0', '0', '0', '1'])
  expect(today[1]?.split(/ {2,}/).slice(1)).toEqual(['–', '–', '–', '–', '–'])
  const hours = (await cli.millrace('metrics', 'series', '--bucket', 'hour', '--workflow', 'asking')).out.trimEnd().split('\n')
  expect(hours).toHaveLength(49)
  // The last hour, or the one before when it has just begun.
  expect(hours.slice(-2)).toContainEqual(expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:00 +1 +0 +0 +0 +0$/))
  const ages = (await cli.millrace('metrics', 'work-items')).out.trimEnd().split('\n')
  expect(ages.map((line) => line.split(/ {2,}/))).toEqual([
    ['WORKFLOW', '< 1 h', '< 4 h', '< 1 d', '< 3 d', '< 7 d', '> 7 d'],
    ['asking', '1', '0', '0', '0', '0', '0'],
  ])
  const none = await cli.millrace('inbox', '--view', 'all', '--created-to', '2020-01-01T00:00:00Z')
  expect(none.out).toBe('Nothing waits for you.\n')
})
