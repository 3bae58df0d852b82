import { afterAll, beforeAll, expect, it } from 'vitest'
import { type CliFixture, openCli } from './cli.fixture.ts'

const MODEL = `id: review
title: Review
payload: none
nodes:
  - { id: look, type: participant, assign: "user:admin", routes: { approve: note, reject: end } }
  - { id: note, type: process, task: log, with: { message: seen }, next: end }
`

const QUICK = 'id: quick\ntransient: true\nnodes:\n  - { id: note, type: process, task: log, with: { message: seen }, next: end }\n'

let cli: CliFixture
beforeAll(async () => {
  cli = await openCli({ 'review.yaml': MODEL, 'quick.yaml': QUICK })
})
afterAll(() => cli.close())

it('follows an instance from the decision on to its end', async () => {
  const { id } = await cli.json<{ readonly id: string }>('instance', 'start', 'review')
  const decided = await cli.millrace('work-item', 'approve', id, '--comment', 'Fine', '--follow', '--json')
  const entries = decided.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly type: string; readonly node?: string })
  expect(entries[0]).toMatchObject({ type: 'closed', node: 'look', details: { route: 'approve', comment: 'Fine' } })
  expect(entries.at(-1)).toMatchObject({ type: 'ended', details: { status: 'COMPLETED' } })
  expect(decided.code).toBe(0)
})

it('follows a transient instance to its end, which is all there is to see of it', async () => {
  const { code, out, err } = await cli.millrace('start', 'quick', '--follow')
  expect(out).toMatch(/COMPLETED: a transient instance of quick, which leaves no history/)
  expect({ code, err }).toEqual({ code: 0, err: '' })
})

it('says who was first when the item is decided already, whatever route is asked for', async () => {
  const { id } = await cli.json<{ readonly id: string }>('instance', 'start', 'review')
  await cli.json('work-item', 'reject', `${id}.1`)
  const late = await cli.millrace('work-item', 'approve', `${id}.1`)
  expect(late).toMatchObject({ code: 1, out: '', err: expect.stringContaining('STEP_CLOSED: admin has decided "Look" already (reject)') })
})
