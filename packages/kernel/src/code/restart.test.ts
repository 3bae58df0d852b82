import { expect, it } from 'vitest'
import { ana, playCode } from '../fixture/play-code.fixture.ts'
import { type Call, type Fact, journalOf, type Replay, replayFrom, type Wait } from '../index.ts'

const operator = { ...ana, isOperator: true }
const failed = { kind: 'threw', error: { code: 'WORKFLOW_FAILED', message: 'wrong' } } as const

const task = (call: number, name: string): Call => ({ kind: 'task', call, name, task: name })

const replayOf = (facts: readonly Fact[], step: number): Replay => {
  const replay = replayFrom(facts, step)
  if (replay === undefined || replay === 'start') throw new Error(`Nothing is kept before step ${step}: ${replay}`)
  return replay
}

/** The journal in short: what was delivered, and what was called. */
const told = (facts: readonly Fact[]): readonly string[] =>
  journalOf(facts).map((entry) =>
    entry.kind === 'called' ? entry.signature : entry.delivery.kind === 'start' ? 'start' : `result ${entry.delivery.call}`,
  )

type Game = ReturnType<typeof playCode>

const restart = (game: Game, step: number) =>
  game.send({ kind: 'restart', by: operator, from: String(step), replay: replayOf(game.facts, step) })

const stepNamed = (game: Game, name: string): number => Object.values(game.state.steps).find(({ node }) => node === name)?.n ?? -1

/** Charges in call 1, then makes call 2, which fails the run. */
const playCharge = () => {
  const game = playCode()
  game.start()
  game.calls([task(1, 'charge')])
  game.send({ kind: 'attempt-succeeded', step: 1, attempt: 1, output: 'paid' })
  game.calls([task(2, 'ship')])
  game.send({ kind: 'attempt-succeeded', step: 2, attempt: 1 })
  game.calls([], failed)
  return game
}

it('restarts from the same call again and again: what was paid for before it is not paid again', () => {
  const game = playCharge()
  restart(game, 2)
  for (let again = 0; again < 3; again++) {
    game.calls([task(2, 'ship')])
    const step = stepNamed(game, 'ship')
    game.send({ kind: 'attempt-succeeded', step, attempt: 1 })
    game.calls([], failed)
    expect(restart(game, step)).toEqual([{ kind: 'deliver', delivery: { kind: 'result', call: 1, output: 'paid', atMs: 1_000 } }])
    expect(told(game.facts)).toEqual(['start', 'task:charge', 'result 1'])
  }
})

it('restarts from a call that an earlier restart kept', () => {
  const game = playCharge()
  restart(game, 2)
  game.calls([task(2, 'ship')])
  game.send({ kind: 'attempt-succeeded', step: stepNamed(game, 'ship'), attempt: 1 })
  game.calls([task(3, 'thank')])
  const thank = stepNamed(game, 'thank')
  game.send({ kind: 'attempt-succeeded', step: thank, attempt: 1 })
  game.calls([], failed)
  restart(game, thank)
  expect(told(game.facts)).toEqual(['start', 'task:charge', 'result 1', 'task:ship', 'result 2'])
  game.calls([task(3, 'thank')], failed)
  expect(replayFrom(game.facts, 1)).toBe('start')
  expect(replayFrom(game.facts, 3)).toMatchObject({ delivery: { call: 1 }, calls: 1 })
  restart(game, 3)
  expect(told(game.facts)).toEqual(['start', 'task:charge', 'result 1'])
})

it('restarts from a call that waits anew: at the place it was made first', () => {
  const game = playCode()
  game.start()
  game.calls([task(1, 'charge')])
  game.send({ kind: 'attempt-succeeded', step: 1, attempt: 1 })
  game.calls([task(2, 'slow'), task(3, 'quick')])
  game.send({ kind: 'attempt-succeeded', step: 3, attempt: 1 })
  game.calls([task(4, 'last')])
  game.calls([], failed)
  game.send({ kind: 'restart', by: operator, from: '4', replay: replayOf(game.facts, 4) })
  game.calls([task(4, 'last')], failed)
  const slow = game.facts.findLast((fact) => fact.t === 'opened' && fact.node === 'slow')
  expect(slow).toMatchObject({ again: true })
  expect(replayOf(game.facts, slow?.t === 'opened' ? slow.step : -1)).toMatchObject({ delivery: { call: 1 }, calls: 1, reopen: [] })
})

it('starts a child anew that was pending, with what it was started with', () => {
  const game = playCode()
  const start = { workflow: 'pack', version: 'latest', payload: { kind: 'none' }, data: { box: 1 }, input: 'books' } as const
  game.start()
  game.calls([task(1, 'charge'), { kind: 'start', call: 2, name: 'pack', start }])
  game.send({ kind: 'attempt-succeeded', step: 1, attempt: 1 })
  game.calls([task(3, 'ship')], failed)
  const effects = game.send({ kind: 'restart', by: operator, from: '3', replay: replayOf(game.facts, 3) })
  expect(effects).toMatchObject([
    { kind: 'start-child', step: 4, start: { ...start, id: 'child-2' } },
    { kind: 'deliver', delivery: { call: 1 } },
  ])
  game.calls([task(3, 'ship')])
  game.send({ kind: 'child-ended', step: 4, child: 'child-1', status: 'ABORTED', data: {} })
  game.send({ kind: 'child-ended', step: 4, child: 'child-2', status: 'COMPLETED', data: {}, output: 'packed' })
  expect(game.state.code?.delivering).toMatchObject({ call: 2, output: 'packed' })
})

it('rejects a pending child of a history that does not say what it was started with', () => {
  const game = playCode()
  game.start()
  game.calls([task(1, 'charge'), task(2, 'other')])
  game.send({ kind: 'attempt-succeeded', step: 1, attempt: 1 })
  game.calls([task(3, 'ship')], failed)
  const old: Wait = { kind: 'child', child: 'gone', workflow: 'pack' }
  const replay: Replay = { ...replayOf(game.facts, 3), reopen: [{ call: 2, node: 'pack', wait: old }] }
  game.send({ kind: 'restart', by: operator, from: '3', replay })
  game.calls([task(3, 'ship')])
  expect(game.state.code?.delivering).toMatchObject({ call: 2, error: { code: 'CHILD_FAILED' } })
})

it('sees the run its journal began in, however often it was restarted; from the start it is the run it is', () => {
  const game = playCharge()
  restart(game, 2)
  game.calls([task(2, 'ship')], failed)
  restart(game, 3)
  expect(game.state).toMatchObject({ run: 3, code: { asRun: 1 } })
  game.calls([], failed)
  game.send({ kind: 'restart', by: operator })
  expect(game.state.run).toBe(4)
  expect(game.state.code?.asRun).toBeUndefined()
})
