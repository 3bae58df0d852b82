import { celEvaluator, parseModel } from '@millrace/model'
import { expect, it } from 'vitest'
import { compileProgram, decide, type Env, type Input, type State, whyOf } from './index.ts'

const ana = { user: 'ana', groups: [], isOperator: true } as const
const MODEL = `
id: wait
nodes:
  - { id: look, type: participant, assign: "user:ana", next: work }
  - { id: work, type: process, task: hold, next: end }
`

const play = () => {
  const { model } = parseModel(MODEL)
  if (model === undefined) throw new Error('The model has problems.')
  const program = compileProgram(model)
  const env: Omit<Env, 'nowMs'> = {
    program,
    evaluator: celEvaluator,
    validate: () => [],
    newId: () => 'none',
    people: { canAnswer: () => true, isMember: () => false },
  }
  let state: State | undefined
  return {
    at: (nowMs: number, input: Input) => {
      state = decide(state, input, { ...env, nowMs }).state
    },
    why: () => (state === undefined ? undefined : whyOf(state, program, () => true)),
  }
}

it('counts a stop from when it was asked for, and what waited before from when that began', () => {
  const { at, why } = play()
  const payload = { kind: 'none' } as const
  at(1_000, { kind: 'start', id: 'i', workspace: 'default', workflow: 'wait', version: 1, payload, data: {}, by: ana })
  expect(why()).toMatchObject({ code: 'PERSON', sinceMs: 1_000 })
  at(5_000, { kind: 'suspend', by: ana, reason: 'lunch' })
  expect(why()).toMatchObject({ code: 'SUSPENDED', sinceMs: 5_000, params: { reason: 'lunch' } })
  at(6_000, { kind: 'resume', by: ana })
  expect(why()).toMatchObject({ code: 'PERSON', sinceMs: 1_000 })
  at(7_000, { kind: 'complete', by: ana, step: 1 })
  at(8_000, { kind: 'cancel', by: ana })
  expect(why()).toMatchObject({ code: 'CANCELLING', sinceMs: 8_000 })
})

it('counts the wait for a lock from when it joined the line, not from when the instance was made', () => {
  const { at, why } = play()
  const payload = { kind: 'none' } as const
  const start = { kind: 'start', id: 'i', workspace: 'default', workflow: 'wait', version: 1, payload, data: {}, by: ana } as const
  at(1_000, { ...start, status: 'SCHEDULED', startAtMs: 5_000, locks: ['printer'] })
  at(5_000, { kind: 'fall-due', status: 'QUEUED' })
  expect(why()).toMatchObject({ code: 'QUEUED', sinceMs: 5_000 })
  at(6_000, { kind: 'admit' })
  at(7_000, { kind: 'terminate', by: ana })
  at(90_000, { kind: 'restart', by: ana, status: 'QUEUED' })
  expect(why()).toMatchObject({ code: 'QUEUED', sinceMs: 90_000 })
  at(91_000, { kind: 'admit' })
  at(92_000, { kind: 'terminate', by: ana })
  at(99_000, { kind: 'resume', by: ana, status: 'QUEUED' })
  expect(why()).toMatchObject({ code: 'QUEUED', sinceMs: 99_000 })
})
