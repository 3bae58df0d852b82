import { describe, expect, it } from 'vitest'
import { ana, bo, playGraph } from '../fixture/play-graph.fixture.ts'

const HOUR_MS = 3_600_000
const operator = { ...ana, isOperator: true }

const item = (rest: string) => playGraph(`id: late\nnodes:\n  - { id: review, type: participant, ${rest}, next: end }\n`)

describe('a deadline that hands an item on', () => {
  it.each(['reassign', 'escalate'])('does not %s to who may not decide: it stays where it is, and is called to mind', (how) => {
    const game = item(`assign: "user:ana", exclude: [initiator], timeout: { after: PT1H, then: { ${how}: initiator } }`)
    game.start()
    game.pass(HOUR_MS)
    expect(game.send({ kind: 'timer', step: 1, timeout: 0 })).toMatchObject([{ kind: 'notify', reason: 'reminded', to: ['user:ana'] }])
    expect(game.state.steps[1]?.wait).toMatchObject({ assignee: 'ana', candidates: ['user:ana'] })
  })

  it('goes to those of several who may', () => {
    const game = item('assign: "user:ana", exclude: [initiator], timeout: { after: PT1H, then: { reassign: ["user:bo", "user:cy"] } }')
    game.start()
    game.pass(HOUR_MS)
    expect(game.send({ kind: 'timer', step: 1, timeout: 0 })).toMatchObject([{ kind: 'notify', reason: 'reassigned' }])
    expect(() => game.send({ kind: 'complete', by: bo, step: 1 })).toThrow(/you started it/)
  })
})

describe('a deadline that runs a task again and again', () => {
  it('has one of them open at a time, also one that failed', () => {
    const game = item('assign: "user:ana", timeout: { after: PT1M, every: PT1M, then: { run: alert } }')
    game.start()
    const minute = () => {
      game.pass(60_000)
      return game.send({ kind: 'timer', step: 1, timeout: 0 })
    }
    expect(minute()).toMatchObject([{ kind: 'attempt', step: 2, task: 'alert' }])
    game.send({ kind: 'attempt-failed', step: 2, attempt: 1, error: { code: 'NO_MAIL', message: 'no', retryable: false } })
    for (let n = 0; n < 5; n++) expect(minute()).toEqual([])
    expect(Object.values(game.state.steps).map(({ n, incident }) => [n, incident?.code])).toEqual([
      [1, undefined],
      [2, 'NO_MAIL'],
    ])
    game.send({ kind: 'skip', by: operator, step: 2 })
    expect(minute()).toMatchObject([{ kind: 'attempt', step: 3 }])
    game.send({ kind: 'attempt-succeeded', step: 3, attempt: 1 })
    game.send({ kind: 'complete', by: ana, step: 1 })
    expect(game.state.status).toBe('COMPLETED')
  })
})

describe('a step with an incident', () => {
  const work = (then: string) =>
    playGraph(`
id: work
nodes:
  - { id: a, type: process, task: a, callback: true, timeout: { after: PT1H, then: ${then} }, next: end }
`)
  const fail = (game: ReturnType<typeof work>) => {
    game.start()
    game.send({ kind: 'attempt-failed', step: 1, attempt: 1, error: { code: 'BROKEN', message: 'no', retryable: false } })
    game.pass(HOUR_MS)
  }

  it('keeps its cause when its time is over, and the deadline is done with', () => {
    const game = work('fail')
    fail(game)
    expect(game.send({ kind: 'timer', step: 1, timeout: 0 })).toEqual([])
    expect(game.state.steps[1]).toMatchObject({ incident: { code: 'BROKEN' }, timers: [] })
  })

  it('still takes the route that its deadline names', () => {
    const game = work('route')
    fail(game)
    game.send({ kind: 'timer', step: 1, timeout: 0 })
    expect(game.state.status).toBe('COMPLETED')
  })

  it('does not end by a sleep that came to its time', () => {
    const game = playGraph(`
id: nap
data: { due: { type: string } }
nodes:
  - { id: nap, type: wait, for: PT1H, timeout: { at: timestamp(data.due), then: fail }, next: end }
`)
    game.start({ due: 'soon' })
    expect(game.state.steps[1]?.incident?.code).toBe('RULE_FAILED')
    game.pass(HOUR_MS)
    game.send({ kind: 'timer', step: 1 })
    expect(game.state).toMatchObject({ status: 'RUNNING', steps: { 1: { incident: { code: 'RULE_FAILED' } } } })
  })
})

it('a deadline that cannot be read is an incident also where a task chose who decides', () => {
  const game = playGraph(`
id: chosen
data: { due: { type: string } }
nodes:
  - { id: review, type: participant, assign: { task: choose }, timeout: { at: timestamp(data.due), then: fail }, next: end }
`)
  game.start({ due: '2030-01-01T00:00:00Z' })
  game.send({ kind: 'set-data', by: operator, data: { due: 'soon' } })
  expect(game.send({ kind: 'attempt-succeeded', step: 1, attempt: 1, output: 'user:ana' })).toEqual([])
  expect(game.state.steps[1]?.incident?.code).toBe('RULE_FAILED')
  game.send({ kind: 'retry', by: operator, step: 1, data: { due: '2030-01-01T00:00:00Z' } })
  game.send({ kind: 'attempt-succeeded', step: 1, attempt: 1, output: 'user:ana' })
  expect(game.state.steps[1]).toMatchObject({ wait: { assignee: 'ana' }, timers: [{ dueAtMs: Date.UTC(2030, 0, 1) }] })
})
