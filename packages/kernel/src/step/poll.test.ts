import { expect, it } from 'vitest'
import { playGraph } from '../fixture/play-graph.fixture.ts'
import { whyOf } from '../index.ts'

const POLL = `
id: export
nodes:
  - { id: job, type: process, task: job.status, poll: { period: PT10S, timeout: PT10M }, retry: { attempts: 3, initial: PT1S, jitter: 0 }, next: end }
`

const playPoll = () => {
  const game = playGraph(POLL)
  game.start()
  let attempt = 0
  return {
    game,
    /** The attempt that runs answers that the job is not done, or is. */
    answer: (output: { readonly done: boolean }) => game.send({ kind: 'attempt-succeeded', step: 1, attempt: ++attempt, output }),
    fail: () => game.send({ kind: 'attempt-failed', step: 1, attempt: ++attempt, error: { code: 'ECONNRESET', message: 'blip' } }),
    wait: (ms: number) => {
      game.pass(ms)
      return game.send({ kind: 'timer', step: 1 })
    },
    why: () => whyOf(game.state, undefined, () => true),
  }
}

it('asks again every period until the task says it is done', () => {
  const { game, answer, wait } = playPoll()
  for (let round = 1; round <= 5; round++) {
    answer({ done: false })
    expect(wait(9_999)).toEqual([])
    expect(wait(1)).toMatchObject([{ kind: 'attempt', attempt: round + 1 }])
  }
  answer({ done: true })
  expect(game.state.status).toBe('COMPLETED')
})

it('is no retry: a blip after any number of polls has all its tries, counted afresh after each answer', () => {
  const { game, answer, fail, wait, why } = playPoll()
  for (let round = 0; round < 4; round++) {
    answer({ done: false })
    expect(why()).toMatchObject({ code: 'TIMER', nextAtMs: 11_000 + round * 13_000 })
    wait(10_000)
    fail()
    expect(why()).toMatchObject({ code: 'RETRY', params: { attempts: 3 } })
    wait(1_000)
    fail()
    wait(2_000)
  }
  expect(game.state.steps[1]?.incident).toBeUndefined()
  fail()
  wait(1_000)
  fail()
  wait(2_000)
  fail()
  expect(game.state.steps[1]?.incident?.code).toBe('ECONNRESET')
})

it('gives up after its time with an incident that says so', () => {
  const { game, answer, wait } = playPoll()
  for (let round = 0; round < 59; round++) {
    answer({ done: false })
    wait(10_000)
  }
  answer({ done: false })
  expect(game.state.steps[1]?.incident).toMatchObject({ code: 'TIMED_OUT', message: expect.stringContaining('PT10M') })
})
