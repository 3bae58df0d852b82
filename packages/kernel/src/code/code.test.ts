import { describe, expect, it } from 'vitest'
import { ana, playCode } from '../fixture/play-code.fixture.ts'
import { type Call, journalOf, replayFrom } from '../index.ts'
import { MAX_JOURNAL } from './calls-made.ts'

const ask: Call = {
  kind: 'ask',
  call: 1,
  name: 'ask',
  to: ['group:finance'],
  title: 'Refund',
  routes: [{ name: 'approve' }, { name: 'reject' }],
}

describe('a code workflow', () => {
  it('runs from its start to its return, with a person in between', () => {
    const game = playCode()
    expect(game.start()).toEqual([{ kind: 'deliver', delivery: { kind: 'start', atMs: 1_000 } }])
    expect(game.calls([ask])).toMatchObject([{ kind: 'notify' }])
    const effects = game.send({ kind: 'complete', by: ana, step: 1, route: 'approve', comment: 'fine' })
    expect(effects).toEqual([
      {
        kind: 'deliver',
        delivery: {
          kind: 'result',
          call: 1,
          route: 'approve',
          output: { route: 'approve', answer: {}, by: 'ana', comment: 'fine' },
          atMs: 1_000,
        },
      },
    ])
    game.calls([], { kind: 'returned', output: 'ok' })
    expect(game.state).toMatchObject({ status: 'COMPLETED', output: 'ok' })
  })

  it('delivers again when the runner dies while the instance is suspended', () => {
    const game = playCode()
    game.start()
    game.send({ kind: 'suspend', by: ana })
    expect(game.send({ kind: 'runner-failed', reason: 'killed' })).toEqual([{ kind: 'deliver', delivery: { kind: 'start', atMs: 1_000 } }])
    game.calls([ask])
    game.send({ kind: 'resume', by: ana })
    expect(Object.values(game.state.steps).map((step) => step.node)).toEqual(['ask'])
  })

  it('delivers one result at a time: the second waits until the function has handled the first', () => {
    const game = playCode()
    game.start()
    game.calls([
      { kind: 'task', call: 1, name: 'a', task: 'a' },
      { kind: 'task', call: 2, name: 'b', task: 'b' },
    ])
    expect(game.send({ kind: 'attempt-succeeded', step: 2, attempt: 1, output: 'b' })).toEqual([
      { kind: 'deliver', delivery: { kind: 'result', call: 2, output: 'b', atMs: 1_000 } },
    ])
    expect(game.send({ kind: 'attempt-succeeded', step: 1, attempt: 1, output: 'a' })).toEqual([])
    expect(game.calls([])).toEqual([{ kind: 'deliver', delivery: { kind: 'result', call: 1, output: 'a', atMs: 1_000 } }])
    expect(journalOf(game.facts).map((entry) => (entry.kind === 'called' ? entry.signature : JSON.stringify(entry.delivery)))).toEqual([
      '{"kind":"start"}',
      'task:a',
      'task:b',
      '{"kind":"result","call":2,"output":"b"}',
      '{"kind":"result","call":1,"output":"a"}',
    ])
  })

  it('lets one person decide while the function handles something else, and says who it was', () => {
    const game = playCode()
    game.start()
    game.calls([ask, { kind: 'wait-for', call: 2, name: 'paid', message: 'paid' }])
    game.send({ kind: 'message', name: 'paid', body: 1 })
    game.send({ kind: 'complete', by: ana, step: 1, route: 'approve', comment: 'fine' })
    expect(() => game.send({ kind: 'complete', by: ana, step: 1, route: 'reject' })).toThrow(/is over/)
    game.calls([])
    expect(game.facts.find((fact) => fact.t === 'closed' && fact.step === 1)).toMatchObject({
      by: 'ana',
      route: 'approve',
      comment: 'fine',
    })
  })

  it('gives each message to one wait, also while the function handles something else', () => {
    const game = playCode()
    game.start()
    game.calls([ask, { kind: 'wait-for', call: 2, name: 'paid', message: 'paid' }])
    game.send({ kind: 'complete', by: ana, step: 1, route: 'approve' })
    game.send({ kind: 'message', name: 'paid', body: 'first' })
    game.send({ kind: 'message', name: 'paid', body: 'second' })
    expect(game.state.messages.map(({ body }) => body)).toEqual(['second'])
    game.calls([])
    expect(game.state.code?.delivering).toMatchObject({ call: 2, output: 'first' })
    game.calls([{ kind: 'wait-for', call: 3, name: 'paid', message: 'paid' }])
    expect(game.state.code?.delivering).toMatchObject({ call: 3, output: 'second' })
  })

  it('rejects a request that nobody can answer instead of waiting for ever', () => {
    const game = playCode()
    game.start()
    const effects = game.calls([{ ...ask, to: ['group:nobody'] }])
    expect(effects).toMatchObject([{ kind: 'deliver', delivery: { call: 1, error: { code: 'ASSIGNEE_UNKNOWN' } } }])
  })

  it('withdraws the losers of a race in the same commit, and what is pending at the end', () => {
    const game = playCode()
    game.start()
    game.calls([ask, { kind: 'sleep', call: 2, name: 'sleep', forMs: 500 }, { kind: 'sleep', call: 3, name: 'sleep', forMs: 9_000 }])
    game.pass(500)
    game.send({ kind: 'timer', step: 2 })
    game.calls([{ kind: 'withdraw', call: 4, calls: [1] }])
    expect(Object.keys(game.state.steps)).toEqual(['3'])
    game.calls([], { kind: 'returned' })
    expect(game.facts.filter((fact) => fact.t === 'withdrawn').map((fact) => fact.step)).toEqual([1, 3])
    expect(game.state.status).toBe('COMPLETED')
  })

  it('stops as an incident when a call differs from the journal, and goes on after a retry', () => {
    const game = playCode()
    game.start()
    game.calls([], { kind: 'not-deterministic', expected: 'task:a', actual: 'task:b', call: 1 })
    expect(game.state.incident).toMatchObject({ code: 'NOT_DETERMINISTIC', details: { expected: 'task:a', actual: 'task:b' } })
    expect(game.send({ kind: 'retry', by: { ...ana, isOperator: true } })).toEqual([
      { kind: 'forget' },
      { kind: 'deliver', delivery: { kind: 'start', atMs: 1_000 } },
    ])
  })

  it('tries again when the runner died once, and stops when it died twice at the same place', () => {
    const game = playCode()
    game.start()
    expect(game.send({ kind: 'runner-failed', reason: 'stuck' })).toMatchObject([{ kind: 'deliver' }])
    expect(game.send({ kind: 'runner-failed', reason: 'stuck' })).toEqual([])
    expect(game.state.incident?.code).toBe('RUNNER_KILLED')
  })

  it('continues as new with an empty journal', () => {
    const game = playCode()
    game.start()
    game.calls([{ kind: 'continue-as-new', call: 1, input: { page: 2 } }])
    expect(game.state).toMatchObject({ run: 2, input: { page: 2 }, status: 'RUNNING' })
    expect(journalOf(game.facts)).toEqual([{ kind: 'delivered', delivery: { kind: 'start' }, atMs: 1_000 }])
  })

  it('restarts from a call: what the function knew before it is kept, what waited then waits anew', () => {
    const game = playCode()
    game.start()
    game.calls([
      { kind: 'task', call: 1, name: 'a', task: 'a' },
      { kind: 'task', call: 2, name: 'slow', task: 'slow' },
    ])
    game.send({ kind: 'attempt-succeeded', step: 1, attempt: 1, output: 'first' })
    game.calls([{ kind: 'task', call: 3, name: 'b', task: 'b' }])
    game.send({ kind: 'attempt-succeeded', step: 3, attempt: 1, output: 'wrong' })
    game.calls([], { kind: 'threw', error: { code: 'WORKFLOW_FAILED', message: 'wrong' } })
    const replay = replayFrom(game.facts, 3)
    if (replay === undefined || replay === 'start') throw new Error('no replay')
    const effects = game.send({ kind: 'restart', by: { ...ana, isOperator: true }, from: '3', replay })
    expect(effects).toMatchObject([
      { kind: 'attempt', step: 4, task: 'slow' },
      { kind: 'deliver', delivery: { call: 1, output: 'first' } },
    ])
    expect(journalOf(game.facts).map((entry) => (entry.kind === 'called' ? entry.signature : JSON.stringify(entry.delivery)))).toEqual([
      '{"kind":"start"}',
      'task:a',
      'task:slow',
      '{"kind":"result","call":1,"output":"first"}',
    ])
    game.calls([{ kind: 'task', call: 3, name: 'b', task: 'b' }])
    expect(game.state).toMatchObject({ run: 2, status: 'RUNNING', code: { calls: 3 } })
    expect(Object.values(game.state.steps).map((step) => step.node)).toEqual(['slow', 'b'])
  })

  it('fails when the function waits for what no call brings, and only then', () => {
    const game = playCode()
    game.start()
    game.calls([{ kind: 'task', call: 1, name: 'a', task: 'a' }])
    game.send({ kind: 'attempt-succeeded', step: 1, attempt: 1 })
    game.calls([{ ...ask, call: 2, to: ['group:nobody'] }])
    expect(game.state.status).toBe('RUNNING')
    game.calls([])
    expect(game.state).toMatchObject({ status: 'FAILED', error: { code: 'WORKFLOW_STUCK' } })
  })

  it('fails when the function throws', () => {
    const game = playCode()
    game.start()
    game.calls([], { kind: 'threw', error: { code: 'WORKFLOW_FAILED', message: 'no' } })
    expect(game.state).toMatchObject({ status: 'FAILED', error: { message: 'no' } })
  })

  it('stops at the limit of its journal: nothing more is delivered until somebody retries', () => {
    const game = playCode()
    game.start()
    const logs = Array.from({ length: MAX_JOURNAL }, (_, at): Call => ({ kind: 'log', call: at + 1, message: '' }))
    game.quick({ kind: 'calls', calls: [...logs, { kind: 'task', call: MAX_JOURNAL + 1, name: 'a', task: 'a' }] })
    expect(game.state.incident?.code).toBe('JOURNAL_LIMIT')
    expect(game.quick({ kind: 'attempt-succeeded', step: 1, attempt: 1 })).toEqual([])
    expect(game.quick({ kind: 'suspend', by: ana })).toEqual([])
    expect(game.quick({ kind: 'resume', by: ana })).toEqual([])
    expect(game.quick({ kind: 'retry', by: { ...ana, isOperator: true } })).toMatchObject([
      { kind: 'forget' },
      { kind: 'deliver', delivery: { call: MAX_JOURNAL + 1 } },
    ])
    expect(game.quick({ kind: 'calls', calls: [{ kind: 'task', call: MAX_JOURNAL + 2, name: 'b', task: 'b' }] })).toMatchObject([{}])
    expect(game.state.incident?.code).toBe('JOURNAL_LIMIT')
  })
})
